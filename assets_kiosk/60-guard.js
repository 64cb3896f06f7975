/* The way out of the page is shut: no menu, no selection, no zoom, no drag, no shortcut, no going back. */
(function () {
  "use strict";
  function stop(event) { event.preventDefault(); }
  ["contextmenu", "selectstart", "dragstart", "drop", "gesturestart", "gesturechange", "dblclick", "copy", "cut",
    "paste", "auxclick"].forEach(function (name) { document.addEventListener(name, stop, { capture: true, passive: false }); });
  document.addEventListener("wheel", stop, { capture: true, passive: false });
  document.addEventListener("touchmove", stop, { capture: true, passive: false });
  document.addEventListener("touchstart", function (event) {
    if (event.touches.length > 1) { event.preventDefault(); }
  }, { capture: true, passive: false });
  /* Only what moves between buttons and presses them is let through. */
  var KEYS = ["Tab", "Enter", " "];
  document.addEventListener("keydown", function (event) {
    var plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!plain || KEYS.indexOf(event.key) < 0) { event.preventDefault(); event.stopPropagation(); }
  }, { capture: true, passive: false });
  window.open = function () { return null; };
  window.print = function () {};
})();
