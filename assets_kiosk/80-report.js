/* Every ten seconds the kiosk says that it lives: version, size, heap and errors; never what a visitor looks at. */
(function () {
  "use strict";
  var kiosk = (window.kiosk = window.kiosk || {});
  var EVERY_MS = 10000, errors = 0, guest = "";

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
    var root = kiosk.root();
    if (!root || !root.dataset.reports) { return; }
    fetch("/api/report", {
      method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        guest: name(), kind: "kiosk", step: 0, command: 0, scene: "", mode: "reception",
        version: (root.dataset.key || "").split("|")[0], width: window.innerWidth, height: window.innerHeight,
        heap: performance.memory ? performance.memory.usedJSHeapSize / 1e6 : null, errors: errors, visible: !document.hidden
      })
    }).catch(function () { /* the server is away, and misses it */ });
  }
  setTimeout(report, 3000);
  setInterval(report, EVERY_MS);
})();
