// axe-core in the page, past the page's policy (which forbids foreign scripts): the rules' source goes in by the
// browser's own debugging door. Contrast is not axe's to judge here, since it sees no pixels of the canvas: the theme's
// own tests hold every pair of colours to WCAG's ratios.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function findViolations(page) {
  await page.evaluate(await readFile(source, 'utf8') + '\n;0');
  const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: values }), rules);
  // What is half scrolled away is as small as what is seen of it; whole again, it is large enough.
  const cut = (target) => page.evaluate((selector) => {
    const target = document.querySelector(selector), box = target?.getBoundingClientRect();
    const row = target?.closest('[role=row],[role=listitem]');
    const atEdge = Boolean(box) && (box.bottom >= innerHeight - 1 || box.top <= 1);
    // Nothing is made this low: it is at the edge of a region that scrolls.
    const sliver = Boolean(box) && box.height < 12;
    return atEdge || sliver || (Boolean(row) && row.getBoundingClientRect().height < 24);
  }, target);
  const out = [];
  for (const { id, nodes } of violations) {
    const left = [];
    for (const node of nodes) if (id !== 'target-size' || !(await cut(node.target[0]))) left.push(node.html);
    if (left.length > 0) out.push(`${id}: ${left.join(' | ')}`);
  }
  return out;
}
