// TanStack Virtual's core (what its bindings for frameworks wrap) with rows of plain elements, kept by their index.
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '/packages/@tanstack/virtual-core/dist/esm/index.js';
import { columns, headerHeight, place, rowHeight, rows } from './data.mjs';

function make(tag, style, text = '') {
  const element = document.createElement(tag);
  element.style.cssText = style;
  element.textContent = text;
  return element;
}

const cell = 'box-sizing:border-box;padding:0 12px;overflow:hidden;white-space:nowrap;text-overflow:ellipsis';
const header = make('div', `display:flex;height:${headerHeight}px;line-height:${headerHeight}px`);
header.append(...columns.map(({ name, width }) => make('div', `${cell};width:${width}px`, name)));
const scroller = make('div', 'flex:1;overflow:auto;position:relative');
const content = make('div', 'position:relative');
scroller.append(content);
place('display:flex;flex-direction:column').append(header, scroller);

const live = new Map();
function makeRow({ index, start }) {
  const row = make('div', `position:absolute;display:flex;height:${rowHeight}px;line-height:${rowHeight}px;border-bottom:1px solid #ddd;box-sizing:border-box;transform:translateY(${start}px)`);
  row.append(...rows[index].map((text, column) => make('div', `${cell};width:${columns[column].width}px`, text)));
  return row;
}
function draw() {
  content.style.height = `${virtualizer.getTotalSize()}px`;
  const items = virtualizer.getVirtualItems();
  const kept = new Set(items.map(({ index }) => index));
  for (const [index, row] of live) if (!kept.has(index)) (row.remove(), live.delete(index));
  for (const item of items) {
    if (live.has(item.index)) continue;
    const row = makeRow(item);
    live.set(item.index, row);
    content.append(row);
  }
}
const virtualizer = new Virtualizer({
  count: rows.length, getScrollElement: () => scroller, estimateSize: () => rowHeight, overscan: 5,
  scrollToFn: elementScroll, observeElementRect, observeElementOffset, onChange: draw,
});
virtualizer._didMount();
virtualizer._willUpdate();
draw();
// The first of the rows in sight.
window.firstRow = () => Math.floor(scroller.scrollTop / rowHeight);
window.shown = true;
