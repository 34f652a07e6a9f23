import { spawn } from 'node:child_process';

/** What may open an address on a system, in the order in which it is tried. */
export function browserCommands(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): readonly (readonly string[])[] {
  const own = (env['BROWSER'] ?? '').split(':').filter((word) => word.trim() !== '');
  const chosen = own.map((command) => command.trim().split(/\s+/));
  if (platform === 'darwin') return [...chosen, ['open']];
  if (platform === 'win32') return [['cmd', '/c', 'start', '""']];
  const hasScreen = Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  return hasScreen ? [...chosen, ['xdg-open'], ['sensible-browser'], ['chromium'], ['firefox']] : chosen;
}

/**
 * Opens an address in a browser, which goes on for itself. Whether it was opened: a command that is not there is passed
 * over.
 */
export async function openBrowser(
  address: string,
  commands: readonly (readonly string[])[],
): Promise<boolean> {
  for (const [command = '', ...words] of commands) {
    // `%s` in $BROWSER stands for the address.
    const args = words.some((word) => word.includes('%s'))
      ? words.map((word) => word.replaceAll('%s', address))
      : [...words, address];
    if (await starts(command, args)) return true;
  }
  return false;
}

function starts(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: true });
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
    child.once('error', () => resolve(false));
  });
}
