// The rows and their look, as the list of the app shows them.
export const { columns, rowHeight, headerHeight, box, rows } = await (await fetch('data.json')).json();

// Where the list stands, as big as the app's.
export function place(style = '') {
  const element = document.createElement('div');
  element.style.cssText = `position:absolute;left:${box.x}px;top:${box.y}px;width:${box.width}px;height:${box.height}px;font:13px system-ui;${style}`;
  document.body.append(element);
  return element;
}
