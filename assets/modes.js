/* The other mode of the wall is another page. It is loaded behind the shown one, shown when it is whole and in line,
   and given back when the first one is to be seen again: no frame in between is blank. */
(function () {
  "use strict";
  var TICK_MS = 100, FADE_MS = 500, PATIENCE_MS = 30000;
  var wall = (window.vanguard = window.vanguard || {});
  var asked = new URLSearchParams(location.search), frame = null;
  /* The page of the other mode inside of another wall's page. */
  wall.isInner = asked.has("inner") && window.parent !== window;

  function main() { return document.getElementById("wall"); }
  function inside() {
    var found = frame && frame.node.contentWindow;
    return found && found.vanguard ? { wall: found.vanguard, page: found.document.getElementById("wall") } : null;
  }
  function inLine(page, its) {
    var turn = its.stepNow && its.stepNow();
    return Boolean(page && page.dataset.ready && turn && (page.dataset.hold || page.dataset.step === String(turn.number)));
  }

  function load(mode) {
    var node = document.createElement("iframe");
    asked.set("mode", mode.replace("wall_", ""));
    asked.set("inner", "1");
    node.className = "other-mode";
    node.tabIndex = -1;
    node.src = location.pathname + "?" + asked;
    document.body.appendChild(node);
    frame = { node: node, mode: mode, since: performance.now(), shownAt: null, leavesAt: null };
  }
  function drop() {
    frame.node.remove();
    frame = null;
  }

  function tick() {
    var page = main(), step = wall.step;
    if (!page || !page.dataset.ready || !step || wall.isInner || !wall.isSteered()) { return; }
    var other = step.mode !== page.dataset.mode ? step.mode : null, now = performance.now(), found = inside();
    if (!frame) {
      if (other) { load(other); }
    } else if (frame.leavesAt !== null) {
      if (now > frame.leavesAt) { drop(); }
    } else if (!other) {
      /* Nothing was seen of it yet, or its own page is whole again beneath it. */
      if (frame.shownAt === null) { drop(); return; }
      page.style.visibility = "";
      if (inLine(page, wall)) {
        frame.node.classList.remove("shown");
        frame.leavesAt = now + FADE_MS;
      }
    } else if (frame.shownAt === null) {
      if (found && found.page && found.page.dataset.mode === frame.mode && inLine(found.page, found.wall)) {
        frame.node.classList.add("shown");
        frame.shownAt = now;
      } else if (now - frame.since > PATIENCE_MS) { drop(); }
    } else if (now - frame.shownAt > FADE_MS && page.style.visibility !== "hidden") {
      /* What is covered is not painted. */
      page.style.visibility = "hidden";
    }
  }

  /* The wall that is seen now. */
  wall.shownPage = function () {
    var found = frame && frame.shownAt !== null && frame.leavesAt === null ? inside() : null;
    return found && found.page ? found.page : main();
  };
  setInterval(tick, TICK_MS);
})();
