/* A red light newer than any this page has shown interrupts the scene for ten seconds; then the scene goes on. */
(function () {
  "use strict";
  var SHOWN_MS = 10000, TICK_MS = 250;
  var wall = (window.vanguard = window.vanguard || {});
  var known = null, until = 0;

  function tick() {
    var page = document.getElementById("wall"), panel = document.getElementById("panel-red-light");
    /* A panel without version has never been drawn: what it shows first is not new. */
    if (!page || !page.dataset.ready || !panel || !panel.dataset.version) { return; }
    if (page.dataset.alert && performance.now() >= until) { delete page.dataset.alert; }
    var words = panel.querySelector(".red-light-words"), at = words ? words.dataset.raisedAt : "";
    if (known !== null && at > known) {
      until = performance.now() + SHOWN_MS;
      page.dataset.alert = "1";
      wall.pause(SHOWN_MS);
    }
    if (known === null || at > known) { known = at; }
  }

  setInterval(tick, TICK_MS);
})();
