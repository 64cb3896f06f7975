/* What the director lays over a whole wall: black-out, banner. The page of the other mode and a preview's frame have
   none of their own. */
(function () {
  "use strict";
  var wall = (window.vanguard = window.vanguard || {});

  function piece(name) {
    var node = document.getElementById(name);
    if (!node) {
      node = document.createElement("div");
      node.id = name;
      document.body.appendChild(node);
    }
    return node;
  }

  function banner(words, page) {
    var node = piece("banner"), height = Number(page.dataset.height), scale = page.getBoundingClientRect().height / height;
    node.style.setProperty("--wall-h", height * scale + "px");
    node.style.setProperty("--wall-w", Number(page.dataset.width) * scale + "px");
    /* The words stay while the banner leaves. */
    if (words && node.textContent !== words) { node.textContent = words; }
    node.classList.toggle("shown", Boolean(words));
  }

  function tick() {
    var page = document.getElementById("wall"), step = wall.step;
    if (!page || !step || wall.isInner) { return; }
    piece("curtain").classList.toggle("shown", wall.isDark());
    banner(step.banner, page);
  }
  wall.covered = tick;
  setInterval(tick, 250);
})();
