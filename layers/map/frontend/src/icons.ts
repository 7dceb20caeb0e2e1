// Icons: outlines of Google's Material Symbols (Apache-2.0), as paths in the script, so that no font has to hold them.
// The build (build.mjs) makes each file the `d` of its one path.

import { s } from "./dom.ts";

export { default as addIcon } from "@material-symbols/svg-400/outlined/add.svg";
export { default as calendarIcon } from "@material-symbols/svg-400/outlined/calendar_today.svg";
export { default as previousIcon } from "@material-symbols/svg-400/outlined/chevron_left.svg";
export { default as nextIcon } from "@material-symbols/svg-400/outlined/chevron_right.svg";
export { default as closeIcon } from "@material-symbols/svg-400/outlined/close.svg";
export { default as fullScreenIcon } from "@material-symbols/svg-400/outlined/fullscreen.svg";
export { default as shareIcon } from "@material-symbols/svg-400/outlined/ios_share.svg";
export { default as layersIcon } from "@material-symbols/svg-400/outlined/layers.svg";
export { default as moreIcon } from "@material-symbols/svg-400/outlined/more_horiz.svg";
export { default as pauseIcon } from "@material-symbols/svg-400/outlined/pause-fill.svg";
export { default as playIcon } from "@material-symbols/svg-400/outlined/play_arrow-fill.svg";
export { default as addListIcon } from "@material-symbols/svg-400/outlined/playlist_add.svg";
export { default as removeIcon } from "@material-symbols/svg-400/outlined/remove.svg";
export { default as measureIcon } from "@material-symbols/svg-400/outlined/straighten.svg";
export { default as wholeIcon } from "@material-symbols/svg-400/outlined/zoom_out_map.svg";

/** An icon as tall as the text around it; what it means is said by the button that holds it. */
export const icon = (path: string): SVGSVGElement =>
  s("svg", { class: "atlas-icon", viewBox: "0 -960 960 960", "aria-hidden": "true" }, s("path", { d: path }));
