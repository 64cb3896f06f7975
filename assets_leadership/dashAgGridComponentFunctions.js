/* One cell of a table: the value as the house writes it, a light with its shape and word, a link where there is one. */
var dagcomponentfuncs = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});

(function () {
  "use strict";
  var LIGHTS = { 4: ["⬣", "红灯", "red"], 3: ["▲", "黄灯", "yellow"], 2: ["●", "正常", "green"],
                 1: ["◌", "无数据", "nodata"], 0: ["○", "不适用", "na"] };
  var thousands = {};

  function fixed(value, digits) {
    thousands[digits] = thousands[digits] ||
      new Intl.NumberFormat("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    return thousands[digits].format(value).replace("-", "−").replace(/^−(0(?:\.0+)?)$/, "$1");
  }

  function written(value, kind, digits) {
    if (value === null || value === undefined || value === "") { return "–"; }
    if (typeof value === "string" && kind !== "moment" && kind !== "date") { return value; }
    if (kind === "integer") { return fixed(Math.round(value), 0); }
    if (kind === "decimal") { return fixed(value, digits); }
    if (kind === "share") {
      var step = Math.pow(10, -digits), percent = value * 100;
      if (value > 0 && value < 1) { percent = Math.min(Math.max(percent, step), 100 - step); }
      return fixed(percent, digits) + "%";
    }
    if (kind === "change") { return (value > 0 ? "+" : "") + fixed(value, digits); }
    if (kind === "moment") { return String(value).replace("T", " ").slice(0, 16); }
    if (kind === "date") { return String(value).slice(0, 10); }
    return String(value);
  }

  (window.dashAgGridFunctions = window.dashAgGridFunctions || {}).writtenCell = function (params, kind, digits) {
    return written(params.value, kind, digits);
  };

  dagcomponentfuncs.Cell = function (props) {
    var h = React.createElement, value = props.value, data = props.data || {};
    var href = props.link ? data[props.link] : null;
    if (!href && props.origin && data.org_id && value !== null && value !== undefined) {
      var query = new URLSearchParams({ org: data.org_id, month: props.month, indicator: props.origin });
      href = "/leadership/trace?" + query.toString();
    }
    if (props.kind === "light") {
      var light = LIGHTS[value] || LIGHTS[1], lit = value > 2, word = props.short ? (lit ? light[1][0] : "") : light[1];
      var sign = h("span", { className: "light " + light[2] },
        h("span", { className: "shape", "aria-hidden": "true" }, light[0]), word,
        props.short ? h("span", { className: "only-read-aloud" }, lit ? light[1][1] : light[1]) : null);
      return href ? h("a", { href: href, className: "origin", tabIndex: -1 }, sign) : sign;
    }
    var text = written(value, props.kind, props.digits), name = "";
    if (props.kind === "change" && value) {
      name = props.better === "neither" ? "flat" : ((value > 0) === (props.better === "up") ? "good" : "bad");
    }
    if (href && !(props.link && data[props.link])) { name += " origin"; }
    if (!href) { return h("span", { className: name }, text); }
    return h("a", { href: href, className: name, tabIndex: -1 }, text);
  };
})();
