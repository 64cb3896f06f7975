/* Following the data: the one poll; a new version is drawn between two touches, a lost server leaves the page as it is. */
(function () {
  "use strict";
  var kiosk = (window.kiosk = window.kiosk || {});
  var PERIOD_MS = 2000, LONGEST_MS = 10000, TIMEOUT_MS = 4000, QUIET_S = 6, REDRAW_MS = 15000, AGAIN_MS = 20000, LOST_AFTER = 2;
  var etag = null, failures = 0, asked = null;
  kiosk.last = null;

  async function poll() {
    var patience = new AbortController(), timer = setTimeout(function () { patience.abort(); }, TIMEOUT_MS);
    try {
      var answer = await fetch(kiosk.root().dataset.poll, {
        headers: etag ? { "If-None-Match": etag } : {}, cache: "no-store", credentials: "same-origin", signal: patience.signal
      });
      if (answer.status === 401) { reload(); }
      if (!answer.ok && answer.status !== 304) { throw new Error("status " + answer.status); }
      if (answer.status === 200) { kiosk.last = await answer.json(); etag = answer.headers.get("ETag"); }
      failures = 0;
    } catch (error) { failures += 1; etag = null; }
    clearTimeout(timer);
  }

  /* Between two touches: nobody has touched for a while. */
  function quiet() { return kiosk.idleSeconds() >= QUIET_S; }

  function say() {
    var last = kiosk.last, lost = failures >= LOST_AFTER;
    var words = lost ? "网络中断，显示的是此前的数据" : last && last.state !== "fresh" ? last.word : "";
    kiosk.all("[data-age]").forEach(function (part) {
      if (part.textContent !== words) { part.textContent = words; }
      part.classList.toggle("off", !words);
    });
    document.documentElement.dataset.truth = lost ? "down" : last ? last.state : "";
  }

  /* Dash remembers every request for an undo that no kiosk has a button for; in a week that is a leak. */
  function ask(last) {
    asked = { n: (asked ? asked.n : 0) + 1, key: last.key, at: performance.now() };
    window.dash_clientside.set_props("kiosk-request", { data: { n: asked.n, digest: kiosk.root().dataset.digest } });
    (window.dash_stores || []).forEach(function (store) { store.getState().history.past.length = 0; });
  }

  function follow() {
    var root = kiosk.root(), last = kiosk.last;
    if (failures || !last || !last.key || !window.dash_clientside || !window.dash_clientside.set_props) { return; }
    var empty = !document.querySelector("[data-page]");
    if (!empty && !quiet()) { return; }
    if (last.build !== root.dataset.build) { if (kiosk.isHome() || empty) { reload(); } return; }
    var busy = asked && root.dataset.drawn !== String(asked.n) && performance.now() - asked.at < REDRAW_MS;
    var again = !root.dataset.whole && (!asked || performance.now() - asked.at > AGAIN_MS);
    if (!busy && (last.key !== root.dataset.key || again)) { ask(last); }
  }

  /* A new build, or the code of a device that was shut out: loaded only when there is a whole page to load. */
  var reloading = false, BASE = "/kiosk/";
  async function reload() {
    if (reloading) { return; }
    reloading = true;
    try {
      var page = await fetch(BASE), isKiosk = page.ok && (await page.text()).indexOf("DashRenderer") > 0;
      var parts = isKiosk ? await Promise.all([fetch(BASE + "_dash-layout"), fetch(BASE + "_dash-dependencies")]) : [];
      if (page.ok && parts.every(function (answer) { return answer.ok; })) { location.replace(BASE + location.search); return; }
    } catch (error) { /* not whole yet */ }
    setTimeout(function () { reloading = false; }, PERIOD_MS);
  }

  async function run() {
    for (;;) {
      if (kiosk.root()) { await poll(); say(); follow(); }
      var pause = Math.min(PERIOD_MS * Math.pow(1.5, failures), LONGEST_MS);
      await new Promise(function (go) { kiosk.wake = go; setTimeout(go, pause); });
    }
  }
  window.addEventListener("online", function () { if (kiosk.wake) { kiosk.wake(); } });
  run();
})();
