/* The one poll: asks the server for its version, asks Dash for a redraw when the picture is no longer true. */
(function () {
  "use strict";
  var PERIOD_MS = 1000, HIDDEN_MS = 10000, LONGEST_PAUSE_MS = 5000, TIMEOUT_MS = 4000, REDRAW_MS = 10000,
    CATCH_UP_MS = 1000;
  var etag = null, failures = 0, asked = null, retry = false;
  var wall = (window.vanguard = window.vanguard || {});
  wall.last = null;

  function main() { return document.getElementById("wall"); }

  async function poll() {
    var patience = new AbortController();
    var timer = setTimeout(function () { patience.abort(); }, TIMEOUT_MS);
    try {
      var asks = etag ? { "If-None-Match": etag } : {};
      var options = { headers: asks, cache: "no-store", credentials: "same-origin", signal: patience.signal };
      var response = await fetch(main().dataset.poll, options);
      if (!response.ok && response.status !== 304) { throw new Error("status " + response.status); }
      if (response.status === 200) { wall.last = await response.json(); etag = response.headers.get("ETag"); }
      failures = 0;
      wall.answered(Number(response.headers.get("X-Server-Time")));
    } catch (error) {
      failures += 1;
      retry = true;
      etag = null;
    } finally {
      clearTimeout(timer);
    }
  }

  function panels() { return Array.from(document.querySelectorAll(".wall .panel")); }

  /* Panels of an older version than the wall: a scene that was prepared while a new version came. */
  function late(page) {
    return performance.now() - asked.at > CATCH_UP_MS && panels().some(function (panel) {
      return panel.dataset.version !== page.dataset.version && panel.dataset.state !== "error";
    });
  }

  /* Dash remembers every request for an undo that no wall has a button for; in a week that is a leak. */
  wall.tell = function (id, data) {
    window.dash_clientside.set_props(id, { data: data });
    (window.dash_stores || []).forEach(function (store) { store.getState().history.past.length = 0; });
  };

  /* Whether the answer to a request is still to come. */
  wall.busy = function () {
    return asked !== null && main().dataset.drawn !== String(asked.n) && performance.now() - asked.at < REDRAW_MS;
  };

  /* Ask for a redraw if what is wanted differs from what was asked last. One at a time: a redraw slower than
     the versions would otherwise be superseded for ever. */
  wall.want = function (focus) {
    var page = main(), last = wall.last, set = window.dash_clientside && window.dash_clientside.set_props;
    if (failures || !page || !last || !set || !page.dataset.ready) { return; }
    if (last.build !== page.dataset.build) { reload(); return; }
    if (!asked) {
      asked = { n: 0, key: page.dataset.key, state: page.dataset.state, boot: last.boot,
                focus: page.dataset.focus, at: performance.now() };
    }
    var busy = page.dataset.drawn !== String(asked.n);
    if (busy && !retry && performance.now() - asked.at < REDRAW_MS) { return; }
    var same = last.key === asked.key && last.state === asked.state && last.boot === asked.boot &&
      String(focus) === asked.focus;
    if (same && !busy && !retry && !late(page)) { return; }
    retry = false;
    asked = { n: asked.n + 1, key: last.key, state: last.state, boot: last.boot, focus: String(focus),
              at: performance.now() };
    var shown = Object.fromEntries(panels().map(function (p) { return [p.dataset.panel, p.dataset.digests]; }));
    var request = Object.assign({ n: asked.n, mode: page.dataset.mode, shown: shown }, wall.focusParts(focus));
    wall.tell("request", request);
  };

  /* A new build of the program: load it only when it can be loaded whole. */
  var reloading = false;
  async function reload() {
    if (reloading) { return; }
    reloading = true;
    try {
      var answers = await Promise.all([fetch(location.href), fetch("/_dash-layout"), fetch("/_dash-dependencies")]);
      var whole = answers.every(function (answer) { return answer.ok; });
      if (whole && (await answers[0].text()).indexOf("DashRenderer") > 0) { location.reload(); return; }
    } catch (error) { /* not whole yet: the next answer tries again */ }
    setTimeout(function () { reloading = false; }, PERIOD_MS);
  }

  async function run() {
    for (;;) {
      if (main()) { await poll(); }
      var pause = document.hidden ? HIDDEN_MS : Math.min(PERIOD_MS * Math.pow(1.5, failures), LONGEST_PAUSE_MS);
      await new Promise(function (go) {
        wall.wake = go;
        setTimeout(go, pause * (0.8 + 0.4 * Math.random()));
      });
    }
  }
  document.addEventListener("visibilitychange", function () { if (!document.hidden && wall.wake) { wall.wake(); } });
  window.addEventListener("online", function () { if (wall.wake) { wall.wake(); } });
  run();
})();
