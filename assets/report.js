/* What this screen says of itself every ten seconds: the step and version it shows, its size, heap and errors. */
(function () {
  "use strict";
  var EVERY_MS = 10000, wall = (window.vanguard = window.vanguard || {}), errors = 0, guest = "";

  window.addEventListener("error", function () { errors += 1; });
  window.addEventListener("unhandledrejection", function () { errors += 1; });

  /* A guest is told apart from another one as long as its page lives; a device is known by its cookie. */
  function name() {
    if (!guest) {
      guest = Array.from(crypto.getRandomValues(new Uint8Array(6))).map(function (n) {
        return n.toString(16).padStart(2, "0");
      }).join("");
    }
    return guest;
  }

  function report() {
    var shown = wall.shownPage ? wall.shownPage() : document.getElementById("wall");
    if (!shown || !wall.step || wall.isInner || new URLSearchParams(location.search).has("preview")) { return; }
    var heap = performance.memory ? performance.memory.usedJSHeapSize / 1e6 : null;
    fetch("/api/report", {
      method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        guest: name(), kind: "wall", step: Number(shown.dataset.step || 0), command: wall.step.command,
        scene: shown.dataset.scene, mode: shown.dataset.mode.replace("wall_", ""), version: shown.dataset.version,
        width: window.innerWidth, height: window.innerHeight, heap: heap, errors: errors, visible: !document.hidden
      })
    }).catch(function () { /* the server is away, and misses it */ });
  }
  setTimeout(report, 2000);
  setInterval(report, EVERY_MS);
})();
