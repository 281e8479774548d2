#pragma once
// The style sheets of a page. Colours are few, dark enough to print in grey, and never the only
// sign of something.

namespace washup::board::paper {

inline constexpr char const* style = R"css(
@page { size: A4; margin: 15mm 14mm 17mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 8.5pt sans-serif;
    color: #5a6672; } }
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { font: 10.5pt/1.42 "Inter", "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #17212b;
  margin: 0 auto; max-width: 190mm; padding: 12mm 8mm; font-variant-numeric: tabular-nums; }
header { border-top: 3pt solid #14446b; padding-top: 8pt; margin-bottom: 12pt; }
h1 { font-size: 20pt; line-height: 1.15; margin: 0; letter-spacing: -0.01em; color: #0f3352; }
header p { margin: 4pt 0 0; color: #45525f; font-size: 11pt; }
h2 { font-size: 13pt; margin: 14pt 0 5pt; color: #0f3352; break-after: avoid; }
section.further { break-before: auto; margin-top: 16pt; }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { text-align: left; font-weight: 600; font-size: 8.5pt; color: #45525f; vertical-align: bottom;
  padding: 4pt 7pt 4pt 0; border-bottom: 1.2pt solid #14446b; }
td { padding: 3.4pt 7pt 3.4pt 0; vertical-align: top; border-bottom: 0.5pt solid #d5dce2; }
td.words { overflow-wrap: break-word; }
td.brief { white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
.number { text-align: right; white-space: nowrap; }
td.none { text-align: right; color: #6c7884; }
th.number { white-space: normal; }
.once { margin: 0 0 8pt; font-size: 9pt; color: #45525f; }
.once span { margin-right: 12pt; white-space: nowrap; }
.once b { font-weight: 600; color: #17212b; }
.nothing { color: #45525f; font-style: italic; margin: 4pt 0; }
.definition { font-size: 8.8pt; line-height: 1.45; color: #45525f; margin: 7pt 0 0;
  padding-left: 8pt; border-left: 2pt solid #c9d3dc; break-inside: avoid; }
svg { display: block; width: 100%; height: auto; margin: 4pt 0 10pt; break-inside: avoid; }
footer { break-before: avoid; margin-top: 16pt; padding-top: 5pt;
  border-top: 0.5pt solid #c9d3dc; font-size: 8.5pt; color: #5a6672; }
@media screen { html { background: #e9edf1; }
  body { background: #fff; box-shadow: 0 1px 8px rgba(15,40,60,.18); min-height: 100vh; } }
@media print { body { max-width: none; padding: 0; } }
)css";

// Of a wide table, and of the wash-up sheet: larger print, and lines to write on.
inline constexpr char const* style_across = R"css(
@page { size: A4 landscape; margin: 11mm 11mm 13mm; }
body { max-width: 280mm; }
body.sheet { font-size: 12.5pt; }
body.sheet h1 { font-size: 22pt; }
body.sheet header { margin-bottom: 6pt; }
body.sheet table { font-size: 12.5pt; table-layout: fixed; width: calc(100% - 2pt); margin: 0 1pt; }
body.sheet th { font-size: 10.5pt; color: #17212b; padding: 4pt 6pt; background: #edf1f4;
  border: 0.8pt solid #17212b; }
body.sheet td { padding: 6pt 6pt 7pt; border: 0.8pt solid #6c7884; height: 23mm; line-height: 1.3;
  white-space: normal; }
body.sheet td:first-child { font-weight: 600; }
body.sheet th:first-child { width: 19%; }
body.sheet th:nth-child(2), body.sheet th:nth-child(3) { width: 13%; }
body.sheet th:nth-child(5) { width: 18%; }
body.sheet th:last-child { width: 23%; }
body.sheet td:last-child { background: linear-gradient(to top, #b8c2cb 0.25mm, transparent 0.25mm);
  background-size: 100% 7.6mm; }
body.sheet h2 { font-size: 13pt; }
body.sheet section.further table { font-size: 11pt; width: auto; table-layout: auto; }
body.sheet section.further td, body.sheet section.further td:last-child { height: auto;
  background: none; padding: 3pt 10pt 3pt 6pt; }
)css";

}  // namespace washup::board::paper
