/* The scenes of the wall: the next one is prepared on the stage nobody sees and shown when all of it is drawn. */
(function () {
  "use strict";
  var PATIENCE_MS = 8000, ASK_AGAIN_MS = 3000, FADE_MS = 500, TICK_MS = 100;
  var wall = (window.vanguard = window.vanguard || {});
  var shownSince = null, waiting = null, leftover = null, asked = 0, skippedTo = null, hurried = false;

  function stages() { return Array.from(document.querySelectorAll(".stage-of-scene")); }
  function shown() { return stages().find(function (s) { return s.dataset.shown; }); }
  function empty() { return stages().find(function (s) { return !s.dataset.shown; }); }
  function sceneOf(stage) { var tree = stage.querySelector(".scene"); return tree ? tree.dataset.scene : null; }
  function dots() { return Array.from(document.querySelectorAll(".wall-header .dot")); }
  function dot(scene) { return dots().find(function (d) { return d.dataset.scene === scene; }); }
  function after(scene) {
    var all = dots();
    return all[(all.indexOf(dot(scene)) + 1) % all.length].dataset.scene;
  }

  /* Panels of a stage that are not drawn for the version the wall shows. */
  function unfinished(page, stage) {
    return Array.from(stage.querySelectorAll(".panel")).filter(function (panel) {
      var figure = panel.querySelector(".figure");
      return panel.dataset.version !== page.dataset.version || panel.dataset.state === "error" ||
        !figure.querySelector(".main-svg") || figure.querySelector(".dash-graph--pending");
    }).map(function (panel) { return panel.dataset.panel; });
  }

  function isReady(page) {
    return sceneOf(waiting.stage) === waiting.scene && unfinished(page, waiting.stage).length === 0;
  }

  function begin(scene) {
    waiting = { scene: scene, stage: empty(), since: performance.now(), at: 0 };
    ask();
  }

  function ask() {
    var walk = (document.getElementById("wall").dataset.walk || "").split(",").filter(Boolean);
    var focus = wall.focusAt(wall.serverNow(), walk);
    waiting.at = performance.now();
    asked += 1;
    wall.tell("prepare", {
      n: asked, scene: waiting.scene, stage: waiting.stage.id, focus: focus === "" ? null : Number(focus)
    });
  }

  function swap(page) {
    var old = shown(), next = waiting.stage, mark = dot(waiting.scene);
    next.dataset.shown = "1";
    delete old.dataset.shown;
    page.dataset.scene = waiting.scene;
    page.dataset.sceneReady = "";
    dots().forEach(function (d) { d.classList.toggle("now", d === mark); });
    document.querySelectorAll(".scene-name").forEach(function (n) { n.textContent = mark.dataset.title; });
    shownSince = performance.now();
    hurried = false;
    leftover = { stage: old, from: shownSince + FADE_MS };
    waiting = null;
  }

  function skip(page) {
    var scene = waiting.scene, missing = unfinished(page, waiting.stage), next = after(scene);
    console.warn("scene " + scene + " was not ready and is skipped; unfinished: " + missing.join(", "));
    fetch("/api/scenes/skipped", {
      method: "POST", headers: { "Content-Type": "application/json" }, credentials: "same-origin",
      body: JSON.stringify({ scene: scene, unfinished: missing })
    }).catch(function () { /* the console has it */ });
    leftover = { stage: waiting.stage, from: 0 };
    page.dataset.sceneReady = "";
    waiting = null;
    if (next === page.dataset.scene) { shownSince = performance.now(); } else { skippedTo = next; }
  }

  /* The next scene as soon as it is ready, for operators and measurements. */
  wall.advance = function () { hurried = true; };

  /* The scene stays this much longer. */
  wall.pause = function (ms) { if (shownSince !== null) { shownSince += ms; } };

  /* A stage nobody sees any more gives its figures back; never under a redraw that still writes to them. */
  function clear() {
    if (performance.now() < leftover.from || wall.busy()) { return; }
    window.dash_clientside.set_props(leftover.stage.id, { children: [] });
    leftover = null;
  }

  function tick() {
    var page = document.getElementById("wall");
    if (!page || !page.dataset.ready || page.dataset.hold || dots().length < 2) { return; }
    if (shownSince === null) { shownSince = performance.now(); }
    if (leftover) { clear(); return; }
    var now = performance.now();
    var due = hurried ? now : shownSince + Number(dot(page.dataset.scene).dataset.seconds) * 1000;
    if (!waiting) {
      /* Without server or read model nothing can be prepared: the scene stays, and that is no fault of the next. */
      if (now < due - PATIENCE_MS || !wall.isTrusted() || page.dataset.truth === "down") { return; }
      begin(skippedTo || after(page.dataset.scene));
      skippedTo = null;
    } else if (isReady(page)) {
      page.dataset.sceneReady = waiting.scene;
      if (now >= due) { swap(page); }
    } else if (!wall.isTrusted() || page.dataset.truth === "down") {
      waiting.since = now;
    } else if (now - waiting.since > PATIENCE_MS) {
      skip(page);
    } else if (!sceneOf(waiting.stage) && now - waiting.at > ASK_AGAIN_MS) {
      ask();
    }
  }

  setInterval(tick, TICK_MS);
})();
