/* The tabs of the director's page: focus, months, banner, screens. */
(function () {
  "use strict";
  var STATES = { fine: "同步", behind: "落后", hidden: "页面被遮住", silent: "没有消息" };
  var WRONG = { silent: " 没有消息", behind: " 没有跟上", hidden: " 页面被遮住或最小化" };
  var WITHDRAWN = { too_old: "一直无法更新", not_public: "提到的党组织已不再公开，且无法更新" };
  var PHRASES = ["热烈欢迎各位领导莅临指导", "请稍候，讲解即将开始", "请有序参观，保持安静", "参观到此结束，谢谢！"];
  var desk = window.desk, el = desk.el, make = desk.make, text = desk.text, fill = desk.fill, button = desk.button;
  var clock = desk.clock, tell = desk.tell, ask = desk.ask, send = desk.send, command = desk.command, MODES = desk.MODES;
  var exposure = "reception";

  function monthsOf(span) {
    var found = [], year = Number(span.first.slice(0, 4)), month = Number(span.first.slice(5));
    for (;;) {
      var name = year + "-" + String(month).padStart(2, "0");
      found.push(name);
      if (name === span.last) { return found; }
      month += 1;
      if (month > 12) { month = 1; year += 1; }
    }
  }

  function showMonths() {
    var span = desk.state.months, now = desk.state.step.month, all = monthsOf(span), playing = span.playing && now;
    /* Only the axis of the overview plays; elsewhere nobody would see it. */
    text("play", playing ? "停在这个月" : now ? "从这个月播放" : "逐月播放");
    fill("month-list", [all, now], function () {
      return all.map(function (month) {
        var node = button(null, function () { command("month", { month: month }); }, month === now);
        node.append(make("small", month.slice(0, 4)), Number(month.slice(5)) + "月");
        return node;
      });
    });
  }
  function besideMonth(by) {
    var all = monthsOf(desk.state.months), at = all.indexOf(desk.state.step.month);
    var month = all[at < 0 ? all.length - 1 : Math.min(all.length - 1, Math.max(0, at + by))];
    command("month", { month: month });
  }

  function showTowns() {
    var step = desk.state.step;
    fill("towns", [desk.towns, step.town, step.org], function () {
      return [button("不聚焦", function () { command("focus", { town: null, org: null }); }, step.town === null)].concat(
        desk.towns.map(function (one) {
          return button(one[1], function () { command("focus", { town: one[0], org: null }); }, step.town === one[0] && step.org === null);
        }));
    });
  }

  function showScreens() {
    var list = desk.state.screens, now = desk.state.now;
    var alarms = desk.state.alarms.map(function (one) {
      return one.name + (WRONG[one.kind] || " ") + "，自 " + clock(one.at);
    }).concat(desk.state.withdrawn.map(function (one) {
      return one.name + "已撤下：" + (WITHDRAWN[one.reason] || one.reason) + "，自 " + clock(one.at);
    }));
    el("alarm-count").hidden = !alarms.length;
    text("alarm-count", String(alarms.length));
    fill("alarms", alarms, function () {
      return alarms.map(function (words) { return make("p", words, { className: "alarm" }); });
    });
    var titles = Object.fromEntries(desk.state.scenes.map(function (s) { return [s.slug, s.title]; }));
    var rows = list.map(function (one) {
      var facts = one.seen === null ? ["从未报告"] : [
        STATES[one.state], titles[one.scene] || (one.kind === "kiosk" ? "展陈" : one.scene), MODES[one.mode] || "",
        one.state === "silent" ? "最后 " + clock(one.seen) : "", one.size, one.heap ? Math.round(one.heap) + " MB" : "",
        one.errors ? one.errors + " 个脚本错误" : "", one.version ? "数据版本 " + one.version : ""
      ];
      return [one.id, one.name, one.exposure, one.state, facts.filter(Boolean).join(" · ")];
    });
    fill("screen-list", [rows, desk.state.waiting], function () {
      return desk.state.waiting.map(waiting).concat(rows.map(row));
    });
  }
  function waiting(one) {
    var node = button(null, function () { el("code").value = one.code; el("device-name").focus(); });
    node.append("等待登记：" + one.code.slice(0, 3) + " " + one.code.slice(3));
    node.append(make("small", (one.kind === "kiosk" ? "展陈终端" : "大屏") + " · " + one.address + "。请与屏上的码核对"));
    return node;
  }
  function row(one) {
    var node = make("div", null, { className: "screen" }), words = make("p"), acts = make("span", null, { className: "acts" });
    node.dataset.state = one[3];
    words.append(make("b", one[1]), one[2] ? "　" + (one[2] === "internal" ? "可内部" : "仅接待") : "", make("small", one[4]));
    if (one[0] !== null) { acts.append(rename(one), revoke(one)); }
    node.append(words, acts);
    return node;
  }
  function rename(one) {
    return button("改名", function () {
      var name = el("device-name").value.trim();
      if (!name) { el("device-name").focus(); tell("先在下面“名称”里写新名称，再点“改名”"); return; }
      send("devices", { act: "rename", device: one[0], name: name }).then(function (done) { if (done) { el("device-name").value = ""; } });
    });
  }
  /* A revoked screen goes at once, so the finger has to come twice. */
  function revoke(one) {
    var armed = 0, node = button("撤销", function () {
      if (Date.now() - armed > 3000) {
        armed = Date.now();
        node.textContent = "再点撤销";
        setTimeout(function () { node.textContent = "撤销"; }, 3000);
        return;
      }
      send("devices", { act: "revoke", device: one[0] });
    });
    return node;
  }

  /* Search: letters in, organisations out; the last question wins. */
  var asked = 0;
  async function find() {
    var words = el("find").value.trim(), mine = ++asked;
    el("towns").hidden = words !== "";
    var found = [];
    if (words) { try { found = (await ask("search?q=" + encodeURIComponent(words))).found; } catch (error) { found = []; } }
    if (mine !== asked) { return; }
    fill("found", [words, found], function () {
      if (words && !found.length) { return [make("p", "没有找到在镇街范围内的党组织")]; }
      return found.map(function (one) {
        var node = button(null, function () {
          command("focus", { org: one.org, town: null }).then(function (done) { if (done) { el("find").value = ""; find(); } });
        });
        node.append(one.name, make("small", one.above));
        return node;
      });
    });
  }

  /* Where the scene of now has nothing to show of it, an order would go unseen. */
  function showHints() {
    var scenes = desk.state.scenes, now = scenes.find(function (s) { return s.slug === desk.state.step.scene; });
    document.querySelectorAll(".hint").forEach(function (one) {
      var needs = one.dataset.needs, good = scenes.find(function (s) { return s[needs]; });
      var words = !now || now[needs] || !good ? "" : "本幕不显示" + (needs === "focus" ? "聚焦" : "月份") + "，切到“" + good.title + "”可见";
      if (one.textContent !== words) { one.textContent = words; }
    });
  }

  function wire() {
    el("play").onclick = function () {
      var span = desk.state.months, now = desk.state.step.month;
      if (span.playing && now) { command("month", { month: now }); } else { command("months", { month: now || "" }); }
    };
    el("month-back").onclick = function () { besideMonth(-1); };
    el("month-on").onclick = function () { besideMonth(1); };
    el("month-end").onclick = function () { command("month", { month: "" }); };
    el("say").onclick = function () { command("banner", { text: el("words").value }); };
    el("unsay").onclick = function () { command("banner", { text: "" }); };
    el("phrases").replaceChildren.apply(el("phrases"), PHRASES.map(function (words) {
      return button(words, function () { el("words").value = words; });
    }));
    el("find").oninput = find;
    document.querySelectorAll("[data-exposure]").forEach(function (one) {
      one.onclick = function () {
        exposure = one.dataset.exposure;
        document.querySelectorAll("[data-exposure]").forEach(function (o) { o.setAttribute("aria-pressed", String(o === one)); });
      };
    });
    el("enrol").onclick = function () {
      send("devices", { act: "enrol", code: el("code").value, name: el("device-name").value, exposure: exposure }).then(function (done) {
        if (done) { el("code").value = ""; el("device-name").value = ""; }
      });
    };
  }

  wire();
  desk.tabs.push(showMonths, showTowns, showScreens, showHints);
})();
