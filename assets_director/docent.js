/* The docent's words of a visit that is played: of the step of now and of the one after it, in place of the tabs. */
(function () {
  "use strict";
  var desk = window.desk, el = desk.el, text = desk.text, isOpen = true, shown = "";

  function show() {
    var words = desk.state.docent;
    el("docent").hidden = !words;
    document.body.dataset.docent = words ? (isOpen ? "open" : "folded") : "";
    if (!words) { shown = ""; return; }
    text("docent-step", "讲解词 " + words.step + "/" + words.steps);
    text("docent-now", words.now.text);
    text("docent-next-step", words.next.scene ? "下一段　" + words.next.scene : "这是最后一段");
    text("docent-next", words.next.text);
    text("docent-act", isOpen ? "收起" : "展开");
    el("docent-fold").setAttribute("aria-expanded", String(isOpen));
    el("docent-words").hidden = !isOpen;
    /* A new step is read from its first line on; within it the finger scrolls. */
    var key = words.step + " " + words.ends;
    if (key !== shown) { shown = key; el("docent-now").scrollTop = 0; el("docent-next").parentNode.scrollTop = 0; }
  }

  function left(now) {
    var words = desk.state.docent;
    if (!words) { return; }
    var seconds = Math.ceil((words.ends - now) / 1000);
    text("docent-left", seconds > 0 ? "剩 " + Math.floor(seconds / 60) + ":" + String(seconds % 60).padStart(2, "0") : "时间到");
  }

  el("docent-fold").onclick = function () {
    isOpen = !isOpen;
    if (desk.state) { show(); }
  };
  desk.tabs.push(show);
  desk.ticks.push(left);
})();
