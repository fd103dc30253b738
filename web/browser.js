// The browser's own services: addresses, files, settings, media queries, Intl. No decisions; each function is one
// call of the platform with its failure handled.
addToLibrary({
  $OutpostBrowser__deps: ['$Outpost'],
  $OutpostBrowser: {
    buffers: new Map(), nextBuffer: 1, formats: new Map(), settings: new Map(), areSettingsKept: true,
    media: [],
    depth: 0,  // of the present history entry; each entry keeps its own
    // A way back of the page's own takes the browser a moment, and somebody may go elsewhere meanwhile: until when it is
    // awaited, the depth that it leaves, and where they went.
    back: { until: 0, from: 0, elsewhere: '' },

    callingUntil: 0,
    ask(e) { if (performance.now() > OutpostBrowser.callingUntil) e.preventDefault(); },

    start() {
      OutpostBrowser.media = ['(prefers-color-scheme: dark)', '(prefers-reduced-motion: reduce)', '(pointer: coarse)',
        '(forced-colors: active)', '(prefers-contrast: more)'].map((query) => matchMedia(query));
      const changed = () => Outpost.request();
      // Another high-contrast theme: its colours are read anew.
      for (const query of OutpostBrowser.media) query.addEventListener('change', () => _outpost_on_colors());
      window.addEventListener('online', changed);
      window.addEventListener('offline', changed);
      OutpostBrowser.depth = history.state?.depth ?? 0;
      history.replaceState({ depth: OutpostBrowser.depth }, '');
      const route = () => {
        const { back } = OutpostBrowser, depth = history.state?.depth;
        // An entry without a depth is new: an address typed by hand, a link of another page.
        if (depth === undefined) {
          history.replaceState({ depth: ++OutpostBrowser.depth }, '');
          if (performance.now() < back.until) back.elsewhere = location.hash;
        } else if (depth < OutpostBrowser.depth) {
          // Where they went takes the place of what was left.
          if (back.elsewhere && performance.now() < back.until)
            history[depth < back.from ? 'pushState' : 'replaceState']({ depth: back.from }, '', back.elsewhere);
          back.until = 0;
          back.elsewhere = '';
        }
        OutpostBrowser.depth = history.state.depth;
        Outpost.withText(location.hash, (text) => _outpost_on_page_event(6, 0, text));
      };
      window.addEventListener('popstate', route);
      window.addEventListener('hashchange', route);
      window.addEventListener('dragover', (e) => {
        if (e.dataTransfer?.types.includes('Files')) { e.preventDefault(); e.dataTransfer.dropEffect = 'copy'; }
      });
      window.addEventListener('drop', (e) => {
        if (!e.dataTransfer?.files.length) return;
        e.preventDefault();
        OutpostBrowser.giveFiles(e.dataTransfer.files, 0);
      });
      Outpost.giveFiles = OutpostBrowser.giveFiles;
      // A notification was pressed.
      navigator.serviceWorker?.addEventListener('message', ({ data }) => {
        if (/^#\/\S*$/.test(data?.route)) location.hash = data.route;
      });
      globalThis.outpostBoot?.onUpdate(() => _outpost_on_update_ready());
    },

    keep(buffer) {
      const handle = OutpostBrowser.nextBuffer++;
      OutpostBrowser.buffers.set(handle, buffer instanceof Uint8Array ? buffer : new Uint8Array(buffer));
      return handle;
    },

    // Ticket 0: dropped or pasted; else the number of the pick_files call.
    async giveFiles(list, ticket) {
      const files = [...list];
      const buffers = await Promise.all(files.map((file) => file.arrayBuffer().catch(() => null)));
      files.forEach((file, i) => {
        if (buffers[i]) Outpost.withText(file.name, (name) => _outpost_on_file(ticket, name, OutpostBrowser.keep(buffers[i])));
      });
      _outpost_on_files_done(ticket);
    },

    // The page's language in the person's own variety of it: English of Britain, Chinese of Singapore.
    locale() {
      const page = document.documentElement.lang || 'en';
      const named = navigator.languages?.find((l) => l.split('-')[0] === page.split('-')[0]) ?? page;
      try {
        return Intl.getCanonicalLocales(named)[0];
      } catch {  // no language: "C" of a system that has none
        return 'en';
      }
    },

    // Minutes by which a zone is ahead of UTC: its wall clock read as if it were UTC, less the instant.
    zoneOffset(zone, instant) {
      const { formats } = OutpostBrowser;
      try {
        if (!formats.has(zone)) {
          const part = '2-digit';
          formats.set(zone, new Intl.DateTimeFormat('en-US-u-ca-gregory-hc-h23', { timeZone: zone, era: 'short', year: 'numeric',
            month: part, day: part, hour: part, minute: part, second: part }));
        }
        const { year, month, day, hour, minute, second, era } = Object.fromEntries(
          formats.get(zone).formatToParts(instant).map(({ type, value }) => [type, value]));
        const wall = new Date(0);
        wall.setUTCFullYear(era.startsWith('B') ? 1 - year : +year, month - 1, +day);
        wall.setUTCHours(+hour, +minute, +second);
        return Math.floor((wall.getTime() - instant) / 60000);
      } catch {  // no such zone
        return 9999;
      }
    },

    format(kind, number, value, decimals, currency) {
      const { formats } = OutpostBrowser;
      const lang = OutpostBrowser.locale();
      const key = `${lang} ${kind} ${decimals} ${currency}`;
      let formatter = formats.get(key);
      if (!formatter) {
        const options = [
          { minimumFractionDigits: decimals, maximumFractionDigits: decimals },
          { style: 'currency', currency },
          { style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1, minimumFractionDigits: 0, useGrouping: true },
          { dateStyle: 'medium', timeZone: 'UTC' },
          { year: 'numeric', month: 'long', timeZone: 'UTC' },
          { dateStyle: 'medium', timeStyle: 'short' },
          { timeStyle: 'short', timeZone: 'UTC' },
          { weekday: 'short', timeZone: 'UTC' },
          { weekday: 'long', month: 'long', day: 'numeric', timeZone: 'UTC' },
        ][kind];
        try {
          formatter = kind < 3 ? new Intl.NumberFormat(lang, options) : new Intl.DateTimeFormat(lang, options);
        } catch {  // a currency that is no ISO code
          formatter = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
        }
        formats.set(key, formatter);
      }
      if (kind === 2 && Math.abs(number) < (lang.startsWith('zh') ? 1e4 : 1e3)) number = Math.round(number);   // too small to be shortened
      // A string keeps all its digits; a double would not.
      return formatter.format(kind < 3 ? number : value);
    },
  },

  outpost_js_buffer_read__deps: ['$OutpostBrowser'],
  outpost_js_buffer_read__sig: 'iidpd',
  outpost_js_buffer_read: (handle, offset, out, size) => {
    const buffer = OutpostBrowser.buffers.get(handle);
    if (!buffer || offset + size > buffer.length) return 0;
    HEAPU8.set(buffer.subarray(offset, offset + size), out);
    return 1;
  },
  outpost_js_buffer_size__deps: ['$OutpostBrowser'],
  outpost_js_buffer_size: (handle) => OutpostBrowser.buffers.get(handle)?.length ?? 0,
  outpost_js_buffer_make__deps: ['$OutpostBrowser'],
  outpost_js_buffer_make: (size) => OutpostBrowser.keep(new Uint8Array(size)),
  outpost_js_buffer_write__deps: ['$OutpostBrowser'],
  outpost_js_buffer_write__sig: 'vidpd',
  outpost_js_buffer_write: (handle, offset, bytes, size) =>
    OutpostBrowser.buffers.get(handle).set(HEAPU8.subarray(bytes, bytes + size), offset),
  outpost_js_buffer_free__deps: ['$OutpostBrowser'],
  outpost_js_buffer_free: (handle) => { OutpostBrowser.buffers.delete(handle); },

  outpost_js_buffer_share__deps: ['$OutpostBrowser'],
  outpost_js_buffer_share: (handle) => OutpostBrowser.keep(OutpostBrowser.buffers.get(handle)),

  outpost_js_route__deps: ['$Outpost', '$OutpostBrowser'],
  outpost_js_route__sig: 'vpii',
  outpost_js_route: (route, length, push) => {
    const address = Outpost.text(route, length) || location.pathname + location.search;
    if (push && location.hash !== address) history.pushState({ depth: ++OutpostBrowser.depth }, '', address);
    else if (!push) history.replaceState({ depth: OutpostBrowser.depth }, '', address);
  },
  outpost_js_current_route__deps: ['$Outpost'],
  outpost_js_current_route: () => stringToNewUTF8(location.hash),
  outpost_js_go_back__deps: ['$OutpostBrowser'],
  outpost_js_go_back: () => {
    OutpostBrowser.back = { until: performance.now() + 1000, from: OutpostBrowser.depth, elsewhere: '' };
    history.back();
  },
  outpost_js_history_depth__deps: ['$OutpostBrowser'],
  outpost_js_history_depth: () => OutpostBrowser.depth,

  outpost_js_open_address__deps: ['$Outpost', '$OutpostBrowser'],
  outpost_js_open_address__sig: 'vpi',
  outpost_js_open_address: (address, length) => {
    const url = Outpost.text(address, length);
    if (/^(mailto|tel|sms|geo):/i.test(url)) {   // the page stays: no draft is lost
      OutpostBrowser.callingUntil = performance.now() + 1000;
      location.href = url;
    } else if (/^https?:/i.test(url)) window.open(url, '_blank', 'noopener,noreferrer');
  },

  outpost_js_copy_text__deps: ['$Outpost'],
  outpost_js_copy_text__sig: 'vpi',
  outpost_js_copy_text: (text, length) => {
    const words = Outpost.text(text, length);
    // A route of the page is copied as its whole address.
    const value = /^#\/\S*$/.test(words) ? new URL(words, location.href).href : words;
    // Inside a copy event its own data is set; else the clipboard is asked.
    if (Outpost.copied !== undefined) Outpost.copied = value;
    else navigator.clipboard?.writeText(value).catch(() => {});
  },

  outpost_js_save_file__deps: ['$Outpost'],
  outpost_js_save_file__sig: 'vpipipd',
  outpost_js_save_file: (name, nameLength, type, typeLength, bytes, size) => {
    const blob = new Blob([HEAPU8.slice(bytes, bytes + size)], { type: Outpost.text(type, typeLength) });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = Outpost.text(name, nameLength);
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  },

  outpost_js_pick_files__deps: ['$OutpostBrowser'],
  outpost_js_pick_files__sig: 'vpiii',
  outpost_js_pick_files: (accept, length, multiple, ticket) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = Outpost.text(accept, length);
    input.multiple = !!multiple;
    input.addEventListener('change', () => OutpostBrowser.giveFiles(input.files, ticket));
    input.addEventListener('cancel', () => _outpost_on_files_done(ticket));
    input.click();
  },

  outpost_js_fetch__deps: ['$OutpostBrowser'],
  outpost_js_fetch__sig: 'vpidi',
  outpost_js_fetch: async (address, length, bytesMax, ticket) => {
    const url = Outpost.text(address, length);
    let name = 'failed', body = new Blob(), refused = false;
    const onRefusal = (event) => { refused ||= event.effectiveDirective === 'connect-src'; };
    document.addEventListener('securitypolicyviolation', onRefusal);
    try {
      const answer = await fetch(url, { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(50000) });
      const whole = Number(answer.headers.get('content-length') ?? 0) > bytesMax ? null : await answer.blob();
      if (whole && whole.size <= bytesMax) [name, body] = [String(answer.status), whole];
      else name = 'large';
    } catch {
      await new Promise((done) => setTimeout(done, 50));   // the refusal is told after the failure
      if (refused) name = 'refused';
    }
    document.removeEventListener('securitypolicyviolation', onRefusal);
    OutpostBrowser.giveFiles([new File([body], name)], ticket);
  },

  outpost_js_messages_size__sig: 'i',
  outpost_js_messages_size: () => globalThis.outpostBoot?.messageBytes?.length ?? 0,
  outpost_js_messages_copy__sig: 'vp',
  outpost_js_messages_copy: (bytes) => HEAPU8.set(globalThis.outpostBoot?.messageBytes ?? [], bytes),
  outpost_js_setting__deps: ['$OutpostBrowser'],
  outpost_js_setting__sig: 'ppi',
  outpost_js_setting: (key, length) => {
    const name = 'outpost.' + Outpost.text(key, length);
    let value = OutpostBrowser.settings.get(name);
    try { value = localStorage.getItem(name) ?? value; } catch { /* storage is refused: kept for this visit */ }
    return stringToNewUTF8(value ?? '');
  },
  outpost_js_set_setting__deps: ['$OutpostBrowser'],
  outpost_js_set_setting__sig: 'vpipi',
  outpost_js_set_setting: (key, keyLength, value, valueLength) => {
    const name = 'outpost.' + Outpost.text(key, keyLength), text = Outpost.text(value, valueLength);
    OutpostBrowser.settings.set(name, text);
    if (OutpostBrowser.areSettingsKept) try { localStorage.setItem(name, text); } catch { /* full or refused: kept for this visit */ }
  },

  // The page is to be loaded anew: nothing of it is kept any more.
  outpost_js_forget_settings__deps: ['$OutpostBrowser'],
  outpost_js_forget_settings: () => {
    OutpostBrowser.settings.clear();
    OutpostBrowser.areSettingsKept = false;
    try {
      for (const name of Object.keys(localStorage)) if (name.startsWith('outpost.')) localStorage.removeItem(name);
    } catch { /* storage is refused: there are none */ }
  },

  outpost_js_show_theme: (dark, frameColor) => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    const color = '#' + frameColor.toString(16).padStart(6, '0');
    for (const meta of document.querySelectorAll('meta[name=theme-color]')) meta.content = color;
  },
  outpost_js_media__deps: ['$OutpostBrowser'],
  outpost_js_media: (question) => question === 0 ? +navigator.onLine : +(OutpostBrowser.media[question - 1]?.matches ?? 0),
  outpost_js_system_colors: (colors) => {
    const names = ['Canvas', 'CanvasText', 'LinkText', 'ButtonBorder', 'GrayText', 'Highlight', 'HighlightText'];
    const probe = document.createElement('i');
    probe.className = 'probe';
    document.body.append(probe);
    names.forEach((name, i) => {
      probe.style.color = name;
      const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0];
      HEAPU32[(colors >>> 2) + i] = red << 16 | green << 8 | blue;
    });
    probe.remove();
  },
  outpost_js_language__deps: ['$Outpost'],
  outpost_js_language: () => stringToNewUTF8(navigator.language || 'en'),
  outpost_js_reload: () => location.reload(),
  // Listened to only while there is a draft: a page that does is not kept for the browser's way back.
  outpost_js_hold_page__deps: ['$OutpostBrowser'],
  outpost_js_hold_page: (held) => (held ? addEventListener : removeEventListener)('beforeunload', OutpostBrowser.ask),
  outpost_js_persist: () => { navigator.storage?.persist?.().catch(() => {}); },
  outpost_js_notify_permission: () => {
    if (!('Notification' in globalThis)) return 0;
    return { default: 1, granted: 2, denied: 3 }[Notification.permission];
  },
  outpost_js_request_notify_permission__deps: ['$Outpost'],
  outpost_js_request_notify_permission: () => {
    globalThis.Notification?.requestPermission?.().then(() => Outpost.request(), () => {});
  },
  outpost_js_notify__deps: ['$Outpost'],
  outpost_js_notify__sig: 'vpi',
  outpost_js_notify: async (parts, length) => {
    const [title, body, tag, route] = Outpost.text(parts, length).split('\x01');
    if ((!document.hidden && document.hasFocus()) || globalThis.Notification?.permission !== 'granted') return;
    const options = { body, tag, data: route, icon: 'icons/outpost-192.png', lang: document.documentElement.lang };
    try {
      // Where there is a service worker, since browsers of phones refuse the constructor.
      const worker = await navigator.serviceWorker?.getRegistration();
      if (worker?.active) return await worker.showNotification(title, options);
      const shown = new Notification(title, options);
      shown.onclick = () => { window.focus(); location.hash = route; shown.close(); };
    } catch { /* the system shows none */ }
  },
  outpost_js_apply_update: () => { globalThis.outpostBoot?.applyUpdate(); },
  outpost_js_log__deps: ['$Outpost'],
  outpost_js_log__sig: 'vpi',
  outpost_js_log: (text, length) => console.info('outpost: ' + Outpost.text(text, length)),
  outpost_js_now: () => Date.now(),
  outpost_js_zone: () => stringToNewUTF8(Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'),
  outpost_js_utc_offset__deps: ['$Outpost', '$OutpostBrowser'],
  outpost_js_utc_offset__sig: 'ipid',
  outpost_js_utc_offset: (zone, length, instant) =>
    length ? OutpostBrowser.zoneOffset(Outpost.text(zone, length), instant) : -new Date(instant).getTimezoneOffset(),
  outpost_js_random: () => {
    const [high, low] = crypto.getRandomValues(new Uint32Array(2));
    return (high & 0xFFFFF) * 4294967296 + low;
  },

  outpost_js_format__deps: ['$OutpostBrowser'],
  outpost_js_format__sig: 'pipidipi',
  outpost_js_format: (kind, number, numberLength, value, decimals, currency, currencyLength) =>
    stringToNewUTF8(OutpostBrowser.format(kind, Outpost.text(number, numberLength), value, decimals,
      Outpost.text(currency, currencyLength))),
  outpost_js_first_weekday__deps: ['$OutpostBrowser'],
  outpost_js_first_weekday: () => {
    const locale = new Intl.Locale(OutpostBrowser.locale());
    const info = locale.getWeekInfo?.() ?? locale.weekInfo;
    return (info?.firstDay ?? 7) % 7;
  },
});
