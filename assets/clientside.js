/* The parts of the wall that move between two pictures: server-fed clock, truth of the data, focus, preview. */
(function () {
  "use strict";
  var TRUST_MS = 5000, DWELL_MS = 10000, SHANGHAI_MS = 8 * 3600 * 1000, SHOW_ANYWAY_MS = 6000;
  var wall = (window.vanguard = window.vanguard || {});
  var started = performance.now(), sample = null, lastAnswer = null, lastPicture = started;

  function text(id, words) {
    var node = document.getElementById(id);
    if (node && node.textContent !== words) { node.textContent = words; }
  }
  function show(id, visible) {
    var node = document.getElementById(id);
    if (node && node.hidden === visible) { node.hidden = !visible; }
  }

  /* Called by poll.js after every answer, changed or not. */
  wall.answered = function (epochMs) {
    lastAnswer = performance.now();
    sample = { epoch: epochMs, at: lastAnswer };
    if (wall.last && wall.last.state !== "down") { lastPicture = lastAnswer; }
    tick();
  };

  wall.serverNow = function () { return sample ? sample.epoch + performance.now() - sample.at : null; };
  wall.isTrusted = function () { return lastAnswer !== null && performance.now() - lastAnswer <= TRUST_MS; };
  wall.focusAt = function (epochMs, walk) {
    return walk.length ? walk[Math.floor(epochMs / DWELL_MS) % walk.length] : "";
  };

  /* The town to dwell on now: the director's, else the next of the walk. */
  wall.focusNow = function (page) {
    var walk = (page.dataset.walk || "").split(",").filter(Boolean), step = wall.step;
    var ordered = step && step.town !== null ? String(step.town) : "";
    if (walk.indexOf(ordered) < 0) { return wall.focusAt(wall.serverNow(), walk); }
    return step.org === null ? ordered : ordered + ":" + step.org;
  };
  /* The same as requests say it: a town, and an organisation of it. */
  wall.focusParts = function (focus) {
    var parts = String(focus).split(":");
    return { focus: parts[0] === "" ? null : Number(parts[0]), org: parts[1] ? Number(parts[1]) : null };
  };

  function tick() {
    var page = document.getElementById("wall");
    if (!page) { return; }
    ready(page);
    preview(page);
    var waiting = lastAnswer === null && performance.now() - started <= TRUST_MS;
    var trusted = wall.isTrusted();
    if (trusted) { clock(); } else if (waiting) { return; }
    header(page, trusted);
    if (trusted) { wall.want(wall.focusNow(page)); }
  }

  function clock() {
    /* The server's epoch, written in Shanghai time whatever the zone of this browser. */
    var now = new Date(wall.serverNow() + SHANGHAI_MS).toISOString();
    text("header-clock", now.slice(11, 19));
    text("header-date", wall.last.date_label);
  }

  function header(page, trusted) {
    var last = wall.last, lost = !trusted || !last || last.state === "down";
    var state = lost ? "down" : last.state;
    if (page.dataset.truth !== state) { page.dataset.truth = state; }
    text("header-state", lost ? "连接中断" : last.word);
    text("header-as-of", lost ? stood() : last.true_label);
    show("header-untrusted", !trusted);
    if (last && last.is_demo !== null) { show("header-demo", last.is_demo); }
    document.getElementById("header-clock").classList.toggle("frozen", !trusted);
  }

  function stood() {
    var minutes = Math.floor((performance.now() - lastPicture) / 60000);
    return minutes < 1 ? "画面停留不足 1 分钟" : "画面停留 " + minutes + " 分钟";
  }

  /* The first picture appears whole: nothing is shown until every figure is painted. */
  function ready(page) {
    if (page.dataset.ready) { return; }
    var figures = Array.from(page.querySelectorAll(".figure"));
    var painted = figures.length > 0 && figures.every(function (f) { return f.querySelector(".main-svg"); });
    if (painted || performance.now() - started > SHOW_ANYWAY_MS) { page.dataset.ready = "1"; }
  }

  /* A window of another size than the wall: the finished canvas is scaled; on the wall itself never. */
  function preview(page) {
    var w = Number(page.dataset.width), h = Number(page.dataset.height);
    var scale = Math.min(window.innerWidth / w, window.innerHeight / h);
    var exact = window.innerWidth === w && window.innerHeight === h;
    var left = Math.round((window.innerWidth - w * scale) / 2), top = Math.round((window.innerHeight - h * scale) / 2);
    var wanted = exact ? "" : "translate(" + left + "px," + top + "px) scale(" + scale + ")";
    if (page.dataset.preview !== wanted) { page.dataset.preview = wanted; page.style.transform = wanted; }
  }

  new MutationObserver(function () {
    var page = document.getElementById("wall");
    if (page && !page.dataset.ready) { ready(page); }
  }).observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener("resize", tick);
  setInterval(tick, 250);
})();
