// AG Grid Community with its default settings, the given columns and rows.
import { AllCommunityModule, createGrid, ModuleRegistry } from '/packages/ag-grid-community/dist/package/main.esm.min.mjs';
import { columns, headerHeight, place, rowHeight, rows } from './data.mjs';

ModuleRegistry.registerModules([AllCommunityModule]);
const records = rows.map((row) => Object.fromEntries(row.map((text, index) => [`c${index}`, text])));
await new Promise((shown) => createGrid(place(), {
  rowData: records, rowHeight, headerHeight, onFirstDataRendered: shown,
  columnDefs: columns.map(({ name, width }, index) => ({ field: `c${index}`, headerName: name, width })),
}));
// The first of the rows in sight.
window.firstRow = () => {
  const top = document.querySelector('.ag-body-viewport, .ag-grid-viewport').getBoundingClientRect().top;
  const seen = [...document.querySelectorAll('.ag-row')].filter((row) => row.getBoundingClientRect().bottom > top + headerHeight + 1);
  return Math.min(...seen.map((row) => Number(row.getAttribute('row-index'))));
};
window.shown = true;
