// Internal views: a click or Enter on a number opens where it comes from. Visitors' walls have no such page.
(function () {
  function open(event) {
    var wall = document.querySelector('.wall[data-mode="wall_internal"]');
    var number = wall && event.target.closest && event.target.closest('[data-measure]');
    if (number) {
      window.open('/trace?of=' + encodeURIComponent(number.dataset.measure), '_blank', 'noopener');
    }
  }
  document.addEventListener('click', open);
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Enter') { open(event); }
  });
})();
