/* Care of the LED: the picture wanders by whole pixels, static bright parts take turns, dark hours show a dim clock. */
(function () {
  "use strict";
  var TICK_MS = 1000, STILL_MS = 3000, DUE_MS = 1000, BREATH_MS = 15 * 60 * 1000, BREATHS = 4,
    SHANGHAI_MS = 8 * 3600 * 1000;
  var wall = (window.vanguard = window.vanguard || {});
  /* ?shift=0 stands as designed, for approved pictures; a breath that a measurement sets is left alone. */
  var asked = new URLSearchParams(location.search).get("shift");
  var scene = null, changedAt = 0, dark = null;

  /* Shift in LED pixels at a moment: dashboard/led_care.py computes the same. */
  wall.shiftAt = function (epochMs, reach, periodMs) {
    var side = 2 * reach + 1, last = side * side - 1;
    if (last === 0 || periodMs <= 0) { return [0, 0]; }
    var at = Math.floor(epochMs / periodMs) % (2 * last);
    at = Math.min(at, 2 * last - at);
    var row = Math.floor(at / side), column = at % side;
    return [(row % 2 ? side - 1 - column : column) - reach, row - reach];
  };

  /* A change of scenes: one has just been shown, or the next is due at once. */
  function moves(page) {
    if (page.dataset.scene !== scene) { scene = page.dataset.scene; changedAt = performance.now(); }
    var turn = wall.stepNow && wall.stepNow();
    var isDue = turn && turn.until !== null && Math.abs(wall.untilServer(turn.until)) < DUE_MS;
    return isDue || performance.now() - changedAt < STILL_MS;
  }

  function place(page, epochMs) {
    var rule = (page.dataset.shift || "0 0").split(" ").map(Number);
    var still = asked === "0" || asked === "held" || page.dataset.preview !== "";
    var shift = still ? [0, 0] : wall.shiftAt(epochMs, rule[0], rule[1] * 60000);
    /* One LED pixel is one pixel of the screen, whatever the browser takes for a CSS pixel. */
    var left = shift[0] / devicePixelRatio + "px", top = shift[1] / devicePixelRatio + "px";
    if (page.style.left !== left || page.style.top !== top) { page.style.left = left; page.style.top = top; }
    if (asked === "held") { return; }
    var breath = still ? "0" : String(Math.floor(epochMs / BREATH_MS) % BREATHS);
    if (page.dataset.breath !== breath) { page.dataset.breath = breath; }
  }

  /* Whether the wall is dark now: as ordered, or until its dark hours end by the clock, with or without a server. */
  wall.isDark = function () {
    var step = wall.step, now = wall.serverNow();
    return Boolean(step && step.blackout && !(step.wake && now && now >= step.wake));
  };

  /* In dark hours a clock, each minute elsewhere; a black-out as ordered has none. */
  function night(epochMs) {
    if (wall.isInner || !wall.isDark() || !wall.step.wake) {
      if (dark) { dark.remove(); dark = null; }
      return;
    }
    if (!dark) {
      dark = document.createElement("div");
      dark.className = "led-dark";
      dark.appendChild(document.createElement("span"));
      document.body.appendChild(dark);
    }
    var minute = Math.floor(epochMs / 60000), clock = dark.firstChild;
    var now = new Date(epochMs + SHANGHAI_MS).toISOString().slice(11, 16);
    if (clock.textContent === now) { return; }
    clock.textContent = now;
    clock.style.left = 5 + (minute * 37) % 80 + "%";
    clock.style.top = 10 + (minute * 29) % 70 + "%";
  }

  function tick() {
    var page = document.getElementById("wall"), now = wall.serverNow && wall.serverNow();
    if (!page || !now) { return; }
    night(now);
    if (!moves(page)) { place(page, now); }
  }

  setInterval(tick, TICK_MS);
})();
