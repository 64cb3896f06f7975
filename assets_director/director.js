/* The director's tablet. It sends routes and never pictures: every command names the direction it has seen. */
(function () {
  "use strict";
  var PERIOD_MS = 400, LONGEST_PAUSE_MS = 4000, TOLD_MS = 6000;
  var MODES = { internal: "内部", reception: "接待", "": "按日程" };
  var desk = (window.desk = { state: null, towns: [] });
  var state = null, offset = 0, failures = 0;

  function el(id) { return document.getElementById(id); }
  function make(tag, words, more) {
    var node = document.createElement(tag);
    if (words !== undefined && words !== null) { node.textContent = words; }
    return Object.assign(node, more || {});
  }
  function text(id, words) { if (el(id).textContent !== words) { el(id).textContent = words; } }
  /* Rebuilds a list only when what it shows has changed: a finger may rest on it. */
  function fill(id, key, build) {
    var node = el(id), known = JSON.stringify(key);
    if (node.dataset.key === known) { return; }
    node.dataset.key = known;
    node.replaceChildren.apply(node, build());
  }
  function button(words, act, pressed) {
    var node = make("button", words, { type: "button", onclick: act });
    if (pressed !== undefined) { node.setAttribute("aria-pressed", String(pressed)); }
    return node;
  }
  function clock(ms) { return new Date(ms + 8 * 3600000).toISOString().slice(11, 19); }

  var quiet = null;
  function tell(words) {
    text("told", words);
    clearTimeout(quiet);
    quiet = setTimeout(function () { text("told", ""); }, TOLD_MS);
  }

  function take(found) {
    desk.state = state = found;
    offset = found.now - Date.now();
    show();
  }

  async function ask(path, body) {
    var options = { cache: "no-store", credentials: "same-origin", headers: { "X-Vanguard-Automatic": "1" } };
    if (body) {
      options = { method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
    }
    var answer = await fetch("/director/" + path, options);
    if (answer.status === 401) { location.href = "/leadership/login?next=/director"; throw new Error("login"); }
    var told = await answer.json();
    if (!answer.ok) { throw Object.assign(new Error(told.why || "status " + answer.status), { why: told.why }); }
    return told;
  }

  /* One after the other: a touch while another command is on its way is not lost. */
  var last = Promise.resolve(), waiting = 0;
  function send(path, body) {
    if (!state || waiting > 2) { return Promise.resolve(false); }
    waiting += 1;
    last = last.then(function () { return post(path, typeof body === "function" ? body() : body); });
    return last;
  }
  async function post(path, body) {
    try {
      take(await ask(path, body));
      return true;
    } catch (error) {
      tell(error.why || "没有连上服务器，指令没有发出");
      return false;
    } finally {
      waiting -= 1;
    }
  }
  function command(action, more) {
    return send("command", function () { return Object.assign({ number: state.number, action: action }, more); });
  }

  function known() { return state ? state.now : 0; }

  function show() {
    var step = state.step, mode = state.mode, marks = [];
    var titles = Object.fromEntries(state.scenes.map(function (s) { return [s.slug, s.title]; }));
    text("scene", titles[step.scene] || step.scene);
    marks.push(MODES[mode.now] + (mode.ordered ? "" : "（日程）"));
    if (step.held) { marks.push("已停住"); }
    if (state.focus_name) { marks.push("聚焦 " + state.focus_name); } else if (step.town !== null) { marks.push("聚焦 " + townName(step.town)); }
    if (step.month) { marks.push("回放 " + step.month.replace("-", ".")); }
    if (step.banner) { marks.push("横幅"); }
    fill("marks", marks, function () { return marks.map(function (words) { return make("span", words); }); });
    el("veil").hidden = !step.blackout;
    text("hold", step.held ? "继续轮播" : "停在本幕");
    el("hold").setAttribute("aria-pressed", String(step.held));
    fill("mode", [mode, state.mode.offered], function () {
      return mode.offered.concat([""]).map(function (one) {
        return button(MODES[one], function () { command("mode", { mode: one }); }, (mode.ordered || "") === one);
      });
    });
    el("dark").setAttribute("aria-pressed", String(step.blackout));
    text("dark", step.blackout ? "亮屏" : "黑场");
    showScenes(step, titles);
    showWheel();
    desk.tabs.forEach(function (draw) { draw(); });
    tick();
  }

  function townName(id) {
    var found = desk.towns.find(function (one) { return one[0] === id; });
    return found ? found[1] : "";
  }

  /* Every scene of the mode in its fixed place; beneath each, when its turn comes. */
  function showScenes(step) {
    var starts = {}, at = step.until;
    step.next.forEach(function (one) {
      if (at !== null && !(one[0] in starts) && one[0] !== step.scene) { starts[one[0]] = at; }
      if (at !== null) { at += one[1]; }
    });
    var key = [step.scene, step.held, starts, state.scenes];
    fill("scenes", key, function () {
      return state.scenes.map(function (scene, index) {
        var node = button(null, function () { command("show", { scene: scene.slug }); });
        var here = scene.slug === step.scene;
        node.append(make("b", scene.title));
        node.append(make("small", here ? (step.held ? "停住" : "正在显示") : starts[scene.slug] ? clock(starts[scene.slug]) + " 起" : step.held ? "轮播已停" : "不在日程"));
        var item = make("li", null, { className: here ? "here" : starts[scene.slug] ? "" : "beside" });
        item.append(node);
        return item;
      });
    });
  }

  function showWheel() {
    var wheel = state.wheel, words, acts = [], name = "free";
    if (wheel.mine) {
      name = wheel.asker ? "asked" : "mine";
      words = wheel.asker ? wheel.asker + "申请导控" : "您正在导控";
      if (wheel.asker) {
        acts.push(button("交给对方", function () { send("wheel", { turn: "grant" }); }));
        acts.push(button("不交", function () { send("wheel", { turn: "refuse" }); }));
      } else { acts.push(button("放开", function () { send("wheel", { turn: "release" }); })); }
    } else if (wheel.free) {
      words = "无人导控，点按任一操作即开始";
    } else {
      name = "other";
      words = wheel.holder + "正在导控" + (wheel.asking ? "，已申请，等待答复" : wheel.refused ? "，没有交出" : "");
      acts.push(wheel.asking ? button("撤回申请", function () { send("wheel", { turn: "release" }); }) :
        button("申请导控", function () { send("wheel", { turn: "ask" }); }));
    }
    if (el("wheel").dataset.state !== name) { el("wheel").dataset.state = name; }
    text("wheel-words", words);
    fill("wheel-acts", words, function () { return acts; });
    /* What another hand holds cannot be touched by mistake; devices are nobody's wheel. */
    var barred = !wheel.mine && !wheel.free;
    document.querySelectorAll(".now button, #mode button, #dark, #focus button, #months button, #banner button, #programme").forEach(function (one) {
      if (one.disabled !== barred) { one.disabled = barred; }
    });
  }

  /* Time left, by the server's clock. */
  function tick() {
    if (!state) { return; }
    var step = state.step, now = Date.now() + offset;
    desk.ticks.forEach(function (draw) { draw(now); });
    if (step.until === null) {
      text("left", "不自动换幕");
      el("progress").firstElementChild.style.width = "100%";
      return;
    }
    var left = Math.max(0, Math.ceil((step.until - now) / 1000));
    text("left", left + " 秒后 " + nextTitle());
    el("progress").firstElementChild.style.width = Math.min(100, 100 * (now - step.since) / (step.until - step.since)) + "%";
  }
  function nextTitle() {
    var found = state.scenes.find(function (s) { return s.slug === state.step.next[0][0]; });
    return found ? found.title : "";
  }

  function wire() {
    document.querySelectorAll("[data-do]").forEach(function (one) {
      one.onclick = function () { command(one.dataset.do); };
    });
    el("hold").onclick = function () { command(state.step.held ? "go_on" : "hold"); };
    el("dark").onclick = function () { command("dark", { on: !state.step.blackout }); };
    el("programme").onclick = function () { command("programme"); };
    document.querySelectorAll("[role=tab]").forEach(function (one) { one.onclick = function () { turnTo(one); }; });
  }
  function turnTo(tab) {
    document.querySelectorAll("[role=tab]").forEach(function (one) {
      one.setAttribute("aria-selected", String(one === tab));
      el(one.getAttribute("aria-controls")).hidden = one !== tab;
    });
  }

  async function run() {
    for (;;) {
      try {
        if (!desk.towns.length) { desk.towns = (await ask("places")).towns; }
        var found = await ask("state");
        /* What was asked for before a command was sent is older than its answer. */
        if (!waiting && found.now >= known()) { take(found); }
        failures = 0;
      } catch (error) { failures += 1; }
      text("link", failures > 2 ? "连接中断，正在重试" : "");
      if (failures > 2) { document.body.dataset.lost = "1"; } else { delete document.body.dataset.lost; }
      await new Promise(function (go) { setTimeout(go, Math.min(PERIOD_MS * Math.pow(1.5, failures), LONGEST_PAUSE_MS)); });
    }
  }
  Object.assign(desk, {
    el: el, make: make, text: text, fill: fill, button: button, clock: clock, tell: tell, ask: ask, send: send,
    command: command, MODES: MODES, tabs: [], ticks: []
  });
  wire();
  setInterval(tick, 250);
  run();
})();
