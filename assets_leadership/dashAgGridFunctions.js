/* Functions the tables name: filter words of lights, the Enter key on a cell. */
var dagfuncs = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});

dagfuncs.lightWord = function (value) {
  return { 4: "红灯", 3: "黄灯", 2: "正常", 1: "无数据", 0: "不适用" }[value] || "";
};

dagfuncs.openCell = function (params) {
  if (params.event.key !== "Enter") { return; }
  var link = params.event.target.querySelector("a[href]");
  if (link) { link.click(); }
};
