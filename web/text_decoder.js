// Decoding by the browser's own tables. A copy of the bytes, since the memory may grow while the text is allocated.
addToLibrary({
  outpost_js_decode_text__deps: ['malloc', '$UTF8ToString'],
  outpost_js_decode_text(encoding, encodingLength, bytes, size, outLength) {
    let text;
    try {
      text = new TextDecoder(UTF8ToString(encoding, encodingLength) || 'utf-8', { ignoreBOM: !encodingLength }).decode(HEAPU8.slice(bytes, bytes + size));
      if (!encodingLength) text = text.normalize();
    } catch { return 0; }
    const encoded = new TextEncoder().encode(text);
    const pointer = _malloc(encoded.length || 1);
    HEAPU8.set(encoded, pointer);
    HEAPF64[outLength >> 3] = encoded.length;
    return pointer;
  },
});
