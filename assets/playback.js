/* The month of the step, marked on every axis that knows it. */
(function () {
  "use strict";
  var TICK_MS = 200, wall = (window.vanguard = window.vanguard || {});

  setInterval(function () {
    if (!wall.step) { return; }
    document.querySelectorAll(".time-month").forEach(function (one) {
      var now = one.dataset.month === wall.step.month;
      if (one.classList.contains("now") !== now) { one.classList.toggle("now", now); }
    });
  }, TICK_MS);
})();
