/* What is open and what is chosen: pages and choices by their attributes, reset to the first page. */
(function () {
  "use strict";
  var kiosk = (window.kiosk = window.kiosk || {});
  var HOME = "welcome";
  kiosk.page = HOME;
  kiosk.picks = {};
  kiosk.applied = [];
  kiosk.touchedAt = performance.now();

  var watching = null;

  kiosk.root = function () { return document.getElementById("kiosk"); };
  kiosk.all = function (selector, within) { return Array.from((within || document).querySelectorAll(selector)); };

  /* "town:190" is chosen, "town:" while none is, "town:190|191" for either. */
  function holds(condition) {
    var at = condition.indexOf(":"), group = condition.slice(0, at), values = condition.slice(at + 1).split("|");
    return values.indexOf(kiosk.picks[group] || "") >= 0;
  }

  /* The screen as the server wrote it. */
  function draw() {
    var body = document.getElementById("kiosk-body");
    if (!body || body.drawn === body.dataset.html) { return; }
    body.drawn = body.dataset.html;
    body.innerHTML = body.drawn;
  }

  /* Makes the page say what the state says; called after every change and every redraw. */
  kiosk.apply = function () {
    draw();
    document.documentElement.dataset.at = kiosk.page;
    kiosk.all("[data-page]").forEach(function (page) { page.classList.toggle("off", page.dataset.page !== kiosk.page); });
    kiosk.all("[data-show]").forEach(function (part) { part.classList.toggle("off", !holds(part.dataset.show)); });
    kiosk.all("[data-marks]").forEach(function (part) {
      var marked = holds(part.dataset.marks);
      part.classList.toggle("chosen", marked);
      if (part.tagName === "BUTTON") { part.setAttribute("aria-pressed", String(marked)); }
    });
    kiosk.all("[data-go]").forEach(function (part) { part.classList.toggle("here", part.dataset.go === kiosk.page); });
    kiosk.all("[data-big]").forEach(function (part) {
      var big = document.documentElement.classList.contains("large");
      part.classList.toggle("chosen", big);
      part.setAttribute("aria-pressed", String(big));
    });
    kiosk.applied.forEach(function (then) { then(); });
    /* What was changed here is no news: looking at it again would never end. */
    if (watching) { watching.takeRecords(); }
  };

  kiosk.pick = function (words) {
    words.split(" ").forEach(function (word) {
      var at = word.indexOf(":");
      kiosk.picks[word.slice(0, at)] = word.slice(at + 1);
    });
  };

  /* A page opens with its own first choices. */
  kiosk.go = function (page) {
    kiosk.page = document.querySelector('[data-page="' + page + '"]') ? page : HOME;
    kiosk.picks = {};
    kiosk.turned = {};
    kiosk.all('[data-page="' + kiosk.page + '"] [data-default]').forEach(function (part) { kiosk.pick(part.dataset.default); });
  };

  kiosk.reset = function () {
    document.documentElement.classList.remove("large");
    kiosk.go(HOME);
    kiosk.apply();
  };

  kiosk.isHome = function () { return kiosk.page === HOME; };

  /* A town touched twice is chosen no more. */
  function picked(target) {
    var words = target.dataset.pick;
    if (words.indexOf("town:") === 0 && holds(words)) { words = "town:"; }
    kiosk.pick(words);
  }

  document.addEventListener("click", function (event) {
    var target = event.target.closest ? event.target.closest("[data-go],[data-pick],[data-big],[data-turn],[data-key],[data-answer]") : null;
    if (!target || !kiosk.root()) { return; }
    if ("big" in target.dataset) { document.documentElement.classList.toggle("large"); kiosk.turned = {}; }
    if (target.dataset.go) { kiosk.go(target.dataset.go); }
    if ("quizStart" in target.dataset) { kiosk.startQuiz(); }
    if (target.dataset.pick) { picked(target); kiosk.turned = target.dataset.turn ? kiosk.turned : {}; }
    if (target.dataset.turn) { kiosk.turn(target.dataset.turn); }
    if (target.dataset.key) { kiosk.type(target.dataset.key); }
    if (target.dataset.answer) { kiosk.answer(target); }
    kiosk.apply();
  });

  function opened() {
    var asked = location.pathname.replace(/^\/kiosk\/?/, "");
    kiosk.go(asked || HOME);
    new URLSearchParams(location.search).forEach(function (value, group) {
      if (group === "large") { document.documentElement.classList.add("large"); } else { kiosk.picks[group] = value; }
    });
    kiosk.apply();
    document.documentElement.dataset.ready = "1";
  }

  var waiting = false, open = false;
  function soon() {
    if (waiting) { return; }
    waiting = true;
    requestAnimationFrame(function () {
      waiting = false;
      draw();
      if (!document.querySelector("[data-page]")) { return; }
      if (!open) { open = true; opened(); } else { kiosk.apply(); }
    });
  }
  document.addEventListener("DOMContentLoaded", function () {
    watching = new MutationObserver(soon);
    watching.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-html", "data-drawn"] });
    window.addEventListener("resize", soon);
    soon();
  });
})();
