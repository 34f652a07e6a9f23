// The program that the profiles of this folder tell of; nothing runs it.
export function handleHi(color: string): string {
  if (!/^\w*$/.test(color)) {
    return 'bad';
  }
  const page = render(color);
  log(page);
  return page;
}

function render(color: string): string {
  let out = '';
  for (let i = 0; i < 3; i++) {
    out += `<b style="color: ${color}">${i}</b>`;
  }
  return fold(out, 2);
}

function fold(text: string, depth: number): string {
  return depth === 0 ? text : fold(text + depth, depth - 1);
}

function log(text: string): void {
  lines.push(text);
}

const lines: string[] = [];
