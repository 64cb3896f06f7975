/* The scenes of the wall: the next one is prepared on the stage nobody sees and shown when all of it is drawn. */
(function () {
  "use strict";
  var PATIENCE_MS = 8000, ASK_AGAIN_MS = 3000, FADE_MS = 500, TICK_MS = 50, REST_MS = 2000;
  var wall = (window.vanguard = window.vanguard || {});
  var shownSince = null, waiting = null, leftover = null, asked = 0, skippedTo = null, hurried = false;
  /* Whether this page goes by its own clock; the last step it shows; scenes given up, until a step after theirs. */
  var alone = false, settled = null, passed = [];

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
    waiting = {
      scene: scene, stage: empty(), since: performance.now(), at: 0, wasDue: false, command: command()
    };
    ask();
  }

  function ask() {
    var page = document.getElementById("wall"), focus = wall.focusNow(page);
    waiting.at = performance.now();
    asked += 1;
    wall.tell("prepare", Object.assign({
      n: asked, mode: page.dataset.mode, scene: waiting.scene, stage: waiting.stage.id
    }, wall.focusParts(focus)));
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
    skippedTo = null;
    leftover = { stage: old, from: shownSince + FADE_MS };
    waiting = null;
  }

  function tellSkipped(page) {
    var scene = waiting.scene, missing = unfinished(page, waiting.stage);
    console.warn("scene " + scene + " was not ready and is skipped; unfinished: " + missing.join(", "));
    fetch("/api/scenes/skipped", {
      method: "POST", headers: { "Content-Type": "application/json" }, credentials: "same-origin",
      body: JSON.stringify({ scene: scene, unfinished: missing })
    }).catch(function () { /* the console has it */ });
  }

  function skip(page) {
    var scene = waiting.scene, next = after(scene), turn = common();
    tellSkipped(page);
    leftover = { stage: waiting.stage, from: 0 };
    page.dataset.sceneReady = "";
    waiting = null;
    /* A scene that somebody has ordered has none in its place: it is tried again. */
    var ordered = turn && turn.number === wall.step.number && wall.step.ordered;
    if (turn && turn.until !== null && !ordered) { passed.push({ scene: scene, number: turn.number }); }
    skippedTo = next === page.dataset.scene ? null : next;
    if (!skippedTo) { shownSince = performance.now(); }
  }

  /* The next scene as soon as it is ready, for measurements: this page leaves the common step for good. */
  wall.advance = function () { hurried = true; alone = true; };

  /* The scene stays this much longer. */
  wall.pause = function (ms) { if (shownSince !== null) { shownSince += ms; } };

  /* A stage nobody sees any more gives its figures back; never under a redraw that still writes to them. */
  function clear() {
    if (performance.now() < leftover.from || wall.busy()) { return; }
    window.dash_clientside.set_props(leftover.stage.id, { children: [] });
    leftover = null;
  }

  function command() { return wall.step ? wall.step.command : 0; }

  /* The step of all walls; null for a page that goes by its own clock. */
  function common() { return alone || !wall.stepNow ? null : wall.stepNow(); }

  /* The scene to prepare, and how long until it is due: [scene, ms]; null while the shown one stays. */
  function plan(page) {
    var turn = common(), scene = page.dataset.scene;
    if (!turn) {
      var stands = Number(dot(scene).dataset.seconds) * 1000;
      return [skippedTo || after(scene), hurried ? 0 : shownSince + stands - performance.now()];
    }
    passed = passed.filter(function (one) { return one.number >= turn.number; });
    function fine(slug) { return dot(slug) && !passed.some(function (one) { return one.scene === slug; }); }
    if (turn.scene === scene) { settled = turn.number; } else if (fine(turn.scene)) { return [turn.scene, 0]; }
    /* In line: the scene after this one in time. The step was skipped: the one after it, at once. */
    var inLine = turn.scene === scene;
    if (inLine && turn.until === null) { return null; }
    var next = turn.next.map(function (one) { return one[0]; }).find(fine);
    if (!inLine) { settled = turn.number; }
    if (!next || next === scene) { return null; }
    return [next, inLine ? wall.untilServer(turn.until) : 0];
  }

  /* Whether to prepare what comes in so many ms: soon after the last change, for a director may ask for it at once. */
  function isTime(due) {
    return alone ? due <= PATIENCE_MS : due <= PATIENCE_MS || performance.now() - shownSince > REST_MS;
  }

  function tick() {
    var page = document.getElementById("wall");
    if (!page || !page.dataset.ready || page.dataset.hold || dots().length < 2) { return; }
    if (shownSince === null) { shownSince = performance.now(); }
    if (leftover) { clear(); return; }
    var lost = !wall.isTrusted() || page.dataset.truth === "down", now = performance.now(), planned = plan(page);
    if (settled !== null && page.dataset.step !== String(settled)) { page.dataset.step = settled; }
    /* Another scene was ordered meanwhile: what was prepared is given back unseen, or replaced. */
    if (waiting && !planned) {
      leftover = { stage: waiting.stage, from: 0 };
      page.dataset.sceneReady = "";
      waiting = null;
    }
    if (!planned) { return; }
    if (!waiting || planned[0] !== waiting.scene) {
      /* Without server or read model nothing can be prepared: the scene stays, and that is no fault of the next. */
      if (lost || planned[1] > 0 && !isTime(planned[1])) { return; }
      /* Its time is over and it was never ready; what another command has replaced was not late. */
      if (waiting && waiting.wasDue && waiting.command === command()) { tellSkipped(page); }
      page.dataset.sceneReady = "";
      begin(planned[0]);
      return;
    }
    waiting.wasDue = waiting.wasDue || planned[1] <= 0;
    if (isReady(page)) {
      page.dataset.sceneReady = waiting.scene;
      if (planned[1] <= 0) { swap(page); }
    } else if (lost) {
      waiting.since = now;
    } else if (now - waiting.since > PATIENCE_MS && (alone || planned[1] <= 0)) {
      skip(page);
    } else if (sceneOf(waiting.stage) !== waiting.scene && now - waiting.at > ASK_AGAIN_MS) {
      ask();
    }
  }

  wall.stepped = tick;
  setInterval(tick, TICK_MS);
})();
