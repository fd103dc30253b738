// The response headers that the page is meant to be served with; README.md shows them for other hosts.

// `connect`: origins that the page may ask besides its own ("https://forms.example").
export const contentSecurityPolicy = (connect = []) => [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  ["connect-src 'self'", ...connect].join(' '),
  "img-src 'self' blob: data:",
  "style-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types outpost",
].join('; ');

const types = new Map(Object.entries({
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  webmanifest: 'application/manifest+json; charset=utf-8',
  wasm: 'application/wasm',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  csv: 'text/csv; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
}));

// A name with its content's hash in it may be kept for ever; all else is asked for anew.
export const hashedName = /\.[0-9a-f]{10}\.(js|mjs|css|wasm|txt)$/;

export function headersFor(name, connect = []) {
  return {
    'Content-Type': types.get(name.slice(name.lastIndexOf('.') + 1)) ?? 'application/octet-stream',
    'Cache-Control': hashedName.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
    'Content-Security-Policy': contentSecurityPolicy(connect),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}
