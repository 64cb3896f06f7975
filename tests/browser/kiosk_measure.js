/* What is wrong with the page as it stands: outside of the screen, cut, too small to touch or to read. */
const wide = innerWidth, high = innerHeight, found = new Set();
const unit = Math.min(wide / (wide > high ? 1920 : 1080), high / (wide > high ? 1080 : 1920));
const seen = element => element.offsetParent !== null || element.closest('svg');
const name = element => `${element.tagName}.${element.getAttribute('class') || ''} "${(element.textContent || '').slice(0, 16)}"`;
for (const element of document.querySelectorAll('.screen *')) {
  if (!seen(element) || element.closest('.attract, .off')) { continue; }
  const box = element.getBoundingClientRect();
  if (!box.width || !box.height) { continue; }
  const inPicture = element.closest('svg');
  if (!inPicture) {
    if (box.left < -1 || box.top < -1 || box.right > wide + 1 || box.bottom > high + 1) { found.add(`outside: ${name(element)}`); }
    const cuts = getComputedStyle(element).display !== 'inline' && element.clientWidth && element.clientHeight;
    if (cuts && element.scrollWidth > element.clientWidth + 2) { found.add(`cut across: ${name(element)}`); }
    if (cuts && element.scrollHeight > element.clientHeight + 3) { found.add(`cut below: ${name(element)}`); }
  }
  const touched = element.matches('button, .touch');
  if (touched && (box.width < 59.5 * unit || box.height < 59.5 * unit)) { found.add(`small target: ${name(element)} ${box.width}×${box.height}`); }
  const speaks = Array.from(element.childNodes).some(node => node.nodeType === 3 && node.textContent.trim());
  if (speaks) {
    const scale = inPicture ? element.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (size < 23.9 * unit) { found.add(`small words: ${name(element)} ${size}`); }
  }
}
return Array.from(found);
