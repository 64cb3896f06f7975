/* The step every wall shows: asked for several times a second; between two answers, and without a server, this page
   goes on by itself in the same order. */
(function () {
  "use strict";
  var PERIOD_MS = 300, HIDDEN_MS = 5000, LONGEST_PAUSE_MS = 5000, TIMEOUT_MS = 4000;
  var wall = (window.vanguard = window.vanguard || {});
  var etag = null, failures = 0, sample = null;
  wall.step = null;

  function now() { return sample ? sample.epoch + performance.now() - sample.at : null; }

  async function poll() {
    var patience = new AbortController();
    var timer = setTimeout(function () { patience.abort(); }, TIMEOUT_MS);
    try {
      var response = await fetch("/api/step", {
        headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store", credentials: "same-origin",
        signal: patience.signal
      });
      /* No longer one of the walls: the server has a page with a code for that. */
      if (response.status === 401) { location.reload(); return; }
      if (!response.ok && response.status !== 304) { throw new Error("status " + response.status); }
      if (response.status === 200) { wall.step = await response.json(); etag = response.headers.get("ETag"); }
      sample = { epoch: Number(response.headers.get("X-Server-Time")), at: performance.now() };
      failures = 0;
      if (wall.stepped) { wall.stepped(wall.step); }
    } catch (error) {
      failures += 1;
      etag = null;
    } finally {
      clearTimeout(timer);
    }
  }

  /* The step of this moment: {number, scene, until, next}; until null: held. Null before the first answer. */
  wall.stepNow = function () {
    var step = wall.step, at = now();
    if (!step || at === null) { return null; }
    var turn = { number: step.number, scene: step.scene, until: step.until, next: step.next };
    var round = step.next.reduce(function (sum, one) { return sum + one[1]; }, 0);
    if (turn.until === null || round <= 0) { return turn; }
    /* A night without server: whole rounds are not walked through one by one. */
    var whole = Math.max(0, Math.floor((at - turn.until) / round)) * round;
    turn.until += whole;
    while (at >= turn.until) {
      turn = {
        number: turn.until, scene: turn.next[0][0], until: turn.until + turn.next[0][1],
        next: turn.next.slice(1).concat([turn.next[0]])
      };
    }
    return turn;
  };
  /* How long until a moment of the server, ms. */
  wall.untilServer = function (epochMs) { return epochMs - now(); };
  wall.isSteered = function () { return failures === 0 && wall.step !== null; };

  async function run() {
    for (;;) {
      if (document.getElementById("wall")) { await poll(); }
      var pause = document.hidden ? HIDDEN_MS : Math.min(PERIOD_MS * Math.pow(1.5, failures), LONGEST_PAUSE_MS);
      await new Promise(function (go) {
        wall.askStep = go;
        setTimeout(go, pause * (0.9 + 0.2 * Math.random()));
      });
    }
  }
  document.addEventListener("visibilitychange", function () { if (!document.hidden && wall.askStep) { wall.askStep(); } });
  window.addEventListener("online", function () { if (wall.askStep) { wall.askStep(); } });
  run();
})();
