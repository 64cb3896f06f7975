/* Plain elements of a page as one component: texts and [tag, attributes, child, …]. */
(function () {
  "use strict";
  function element(node) {
    if (typeof node === "string") { return node; }
    return React.createElement.apply(null, [node[0], node[1]].concat(node.slice(2).map(element)));
  }
  window.vanguard_leadership = {
    Markup: function (props) {
      return React.createElement.apply(null, [React.Fragment, null].concat(props.tree.map(element)));
    }
  };
})();
