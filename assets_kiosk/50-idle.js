/* Nobody touches: a countdown, then the first page; there for a while, the slides. Any touch ends them. */
(function () {
  "use strict";
  var kiosk = (window.kiosk = window.kiosk || {});
  var RESET_S = 60, WARNING_S = 15, ATTRACT_S = 45, SLIDE_S = 9, TICK_MS = 250;
  var slidesSince = null;
  kiosk.attracting = false;

  kiosk.idleSeconds = function () { return (performance.now() - kiosk.touchedAt) / 1000; };

  function untouched() { return kiosk.isHome() && !document.documentElement.classList.contains("large"); }

  function attract(on) {
    kiosk.attracting = on;
    slidesSince = on ? performance.now() : null;
    document.documentElement.classList.toggle("attracting", on);
  }

  function slide() {
    var slides = kiosk.all("#attract .slide");
    if (!slides.length) { return; }
    var at = Math.floor((performance.now() - slidesSince) / 1000 / SLIDE_S) % slides.length;
    slides.forEach(function (one, place) { one.classList.toggle("on", place === at); });
  }

  function countdown(left) {
    kiosk.all("[data-countdown]").forEach(function (box) { box.classList.toggle("off", left === null); });
    kiosk.all("[data-seconds]").forEach(function (part) { 
      var words = left === null ? "" : String(left);
      if (part.textContent !== words) { part.textContent = words; }
    });
  }

  kiosk.tick = function () {
    if (!kiosk.root()) { return; }
    var idle = kiosk.idleSeconds();
    if (kiosk.attracting) { slide(); return; }
    if (!untouched()) {
      if (idle >= RESET_S) { countdown(null); kiosk.reset(); kiosk.touchedAt = performance.now(); return; }
      countdown(idle >= RESET_S - WARNING_S ? Math.ceil(RESET_S - idle) : null);
    } else {
      countdown(null);
      if (idle >= ATTRACT_S && document.getElementById("attract")) { kiosk.reset(); attract(true); slide(); }
    }
  };

  /* The touch that ends the slides does nothing else. */
  var swallow = false;
  document.addEventListener("pointerdown", function () {
    kiosk.touchedAt = performance.now();
    countdown(null);
    /* Only the click of this very touch: it may never come, when what lay under the finger is gone. */
    swallow = kiosk.attracting;
    if (kiosk.attracting) { attract(false); }
  }, true);
  document.addEventListener("click", function (event) {
    kiosk.touchedAt = performance.now();
    if (swallow) { swallow = false; event.stopPropagation(); event.preventDefault(); }
  }, true);
  setInterval(kiosk.tick, TICK_MS);
})();
