/* The style sheet. Light and dark colours of series stand out from their background by 3:1 at least
 * and can be told apart by people who see fewer colours (Okabe and Ito, darker on white). */
#include "repl/format/style_sheet.h"

/* Wide tables, and charts, which nobody could read any smaller, scroll by themselves where the
 * window is narrow; elsewhere the titles of columns stay in sight, which they can't in a table that
 * scrolls. */
static const char page[] =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:90em;margin:2em auto;padding:0 1em;"
    "color:#222;background:#fff}"
    "h1,h2,h3,h4{line-height:1.2}"
    "p,ul,ol,dl{max-width:60em}"
    "table{border-collapse:collapse;margin:1em 0}"
    "caption{text-align:left;font-weight:bold}"
    "th,td{padding:.25em .75em;border-bottom:1px solid #ccc;text-align:left;vertical-align:top}"
    "thead th{position:sticky;top:0;background:#fff}"
    ".n{text-align:right;font-variant-numeric:tabular-nums}"
    "td.n,td.d{white-space:nowrap}"
    ".sum td{font-weight:bold}"
    "dl{display:grid;grid-template-columns:max-content auto;gap:.25em 1em}"
    "dt{font-weight:bold}dd{margin:0}"
    "p,td,dd,li{white-space:pre-line;overflow-wrap:break-word}"
    "footer{margin-top:2em;color:#666;font-size:.8em}"
    "@media(max-width:60em){.t{overflow-x:auto}.t .chart{min-width:45em}}"
    "@media(max-width:30em){dl{display:block}dd{margin:0 0 .5em}}"
    "@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}"
    "thead th{background:#181818}th,td{border-color:#444}footer{color:#999}}"
    "@media print{body{margin:0;max-width:none;color:#000;background:#fff;font-size:11pt}"
    "thead th{position:static;background:none}.t{overflow:visible}table{font-size:.8em}"
    "th,td{padding:.2em .4em;border-color:#ccc}tr,li,dd,svg{break-inside:avoid}"
    "h1,h2,h3,h4{break-after:avoid}}";

static const char pictures[] =
    "svg{display:block;max-width:100%;height:auto;margin:1em 0}"
    "svg:root{font-family:system-ui,sans-serif;color:#222;background:#fff}"
    "svg text{fill:currentColor}"
    ".chart{font-size:13px}.head{font-size:18px;font-weight:bold}.said{opacity:.75}"
    ".axis{stroke:currentColor;opacity:.25}"
    ".line{fill:none!important;stroke:currentColor;stroke-width:2}"
    ".s0{fill:#0072b2;color:#0072b2}.s1{fill:#c28100;color:#c28100}"
    ".s2{fill:#009e73;color:#009e73}.s3{fill:#cc79a7;color:#cc79a7}"
    ".s4{fill:#2b95d1;color:#2b95d1}.s5{fill:#d55e00;color:#d55e00}"
    ".s6{fill:#958b00;color:#958b00}.s7{fill:#767676;color:#767676}"
    ".up{fill:#009e73}.down{fill:#d55e00}"
    "@media(prefers-color-scheme:dark){svg:root{color:#ddd;background:#181818}"
    ".s1{fill:#e69f00;color:#e69f00}.s4{fill:#56b4e9;color:#56b4e9}"
    ".s6{fill:#f0e442;color:#f0e442}.s7{fill:#999;color:#999}}";

void style_sheet_append_page(struct text *out) {
  text_append(out, page);
  text_append(out, pictures);
}

void style_sheet_append_picture(struct text *out) {
  text_append(out, pictures);
}
