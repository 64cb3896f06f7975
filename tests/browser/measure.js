/* Every visible line of text on the wall: words, font-size, colour, box of its glyphs, and what cuts it. */
var CJK = /[\u2e80-\u9fff\uff00-\uffef]/;
var wall = document.getElementById("wall");

function visible(element) {
  for (var e = element; e && e !== wall; e = e.parentElement) {
    var style = getComputedStyle(e);
    if (style.display === "none" || style.visibility === "hidden" || Number(style.opacity) < 0.05) { return false; }
  }
  return true;
}

/* Glyphs within a line box: Hei glyphs fill 0.88 em above and 0.12 em below the baseline, digits 0.7 em above. */
function glyphs(rect, px, cjk) {
  var base = rect.top + (rect.height - 1.2 * px) / 2 + px;
  return { left: rect.left, right: rect.right, top: base - (cjk ? 0.86 : 0.7) * px, bottom: base + (cjk ? 0.1 : 0) * px };
}

function cutBy(element, box) {
  for (var e = element; e && e !== wall.parentElement; e = e.parentElement) {
    var style = getComputedStyle(e), r = e.getBoundingClientRect();
    var clips = e === wall || e.matches("svg, .panel") || style.overflowX !== "visible";
    if (clips && r.width && (box.left < r.left - 1.5 || box.right > r.right + 1.5 ||
        box.top < r.top - 1.5 || box.bottom > r.bottom + 1.5)) {
      return (e.id || e.className.baseVal || e.className || e.tagName) + "";
    }
  }
  return null;
}

function number(element) {
  var holder = element.closest("[data-measure]");
  return holder ? holder.dataset.measure : null;
}

var found = [];
var walker = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  var node = walker.currentNode, element = node.parentElement, words = node.textContent.trim();
  if (!words || element.closest("style, script, title") || !visible(element)) { continue; }
  var style = getComputedStyle(element), svg = element instanceof SVGElement;
  var px = parseFloat(style.fontSize), range = document.createRange();
  range.selectNodeContents(node);
  var halo = svg && style.paintOrder.indexOf("stroke") === 0 && parseFloat(style.strokeWidth) >= 3;
  Array.from(range.getClientRects()).forEach(function (rect) {
    if (rect.width < 1) { return; }
    var box = glyphs(rect, px, CJK.test(words));
    var panel = element.closest(".panel");
    found.push({
      text: words, px: px, cjk: CJK.test(words), measure: number(element), svg: svg,
      weight: Number(style.fontWeight), colour: svg ? style.fill : style.color,
      halo: halo ? style.stroke : null, panel: panel ? panel.dataset.panel : "header",
      box: [box.left, box.top, box.right, box.bottom], cut: cutBy(element, box)
    });
  });
}
return found;
