/* The quiz: answers of this visit only, forgotten with it. */
(function () {
  "use strict";
  var kiosk = (window.kiosk = window.kiosk || {});
  var answers = {};

  kiosk.startQuiz = function () { answers = {}; };

  kiosk.answer = function (target) {
    var number = target.dataset.answer.split(":")[0];
    if (!answers[number]) { answers[number] = { choice: target.dataset.answer, right: target.dataset.right === "1" }; }
  };

  kiosk.applied = kiosk.applied || [];
  /* First of all: what is seen of a question hangs on its answer. */
  kiosk.applied.push(function () {
    if (!kiosk.picks.quiz) { answers = {}; }
    kiosk.all("[data-answer]").forEach(function (button) {
      var given = answers[button.dataset.answer.split(":")[0]];
      button.classList.toggle("right", Boolean(given) && button.dataset.right === "1");
      button.classList.toggle("wrong", Boolean(given) && given.choice === button.dataset.answer && !given.right);
    });
    kiosk.all('[data-show^="answered:"]').forEach(function (part) {
      part.classList.toggle("off", !answers[part.dataset.show.split(":")[1]]);
    });
    var right = Object.values(answers).filter(function (given) { return given.right; }).length;
    kiosk.all("[data-quiz-score]").forEach(function (part) { part.textContent = right; });
  });
})();
