// Icons: outlines of Google's Material Symbols (Apache-2.0), as paths in the script, so that no font has to hold them.
// The build (build.mjs) makes each file the `d` of its one path.

import add from "@material-symbols/svg-400/outlined/add.svg";
import previous from "@material-symbols/svg-400/outlined/chevron_left.svg";
import next from "@material-symbols/svg-400/outlined/chevron_right.svg";
import close from "@material-symbols/svg-400/outlined/close.svg";
import fullScreen from "@material-symbols/svg-400/outlined/fullscreen.svg";
import more from "@material-symbols/svg-400/outlined/more_horiz.svg";
import pause from "@material-symbols/svg-400/outlined/pause-fill.svg";
import play from "@material-symbols/svg-400/outlined/play_arrow-fill.svg";
import remove from "@material-symbols/svg-400/outlined/remove.svg";
import measure from "@material-symbols/svg-400/outlined/straighten.svg";
import whole from "@material-symbols/svg-400/outlined/zoom_out_map.svg";
import { s } from "./dom.ts";

const PATHS = { add, next, previous, close, fullScreen, more, pause, play, remove, measure, whole };

/** An icon as tall as the text around it; what it means is said by the button that holds it. */
export const icon = (name: keyof typeof PATHS): SVGSVGElement =>
  s("svg", { class: "atlas-icon", viewBox: "0 -960 960 960", "aria-hidden": "true" }, s("path", { d: PATHS[name] }));
