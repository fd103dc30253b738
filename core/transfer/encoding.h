// Finding out in which encoding a file's bytes are, and turning them into UTF-8. Reads a byte order mark, the pattern
// of zero bytes, validity as UTF-8, and the shapes of Shift JIS, Cyrillic and double-byte Chinese, in that order; a person may say
// otherwise.
// Invariant: decoded text is valid UTF-8 without a byte order mark and without NUL characters; where there is a decoder, in
// Unicode's form NFC.
// Called by: transfer (import, vcard, icalendar).
#pragma once

#include <string>
#include <string_view>

#include "core/base/ports.h"
#include "core/base/result.h"

namespace outpost {

// The largest file that is read, in bytes. Positions within the text are 32-bit.
inline constexpr std::uint64_t import_file_bytes_max = std::uint64_t{1} << 30;

struct DecodedText {
    std::string text;
    std::string encoding;                 // WHATWG label in lower case: "utf-8", "utf-16le", "windows-1252", "gb18030"
    bool has_byte_order_mark = false;
    bool has_inner_mark = false;          // another one behind the beginning, which is still there
    bool guessed = false;                 // neither marked, nor proven by validity, nor said
    std::uint64_t replaced_characters = 0;  // malformed sequences that became U+FFFD
    std::uint64_t removed_nul_characters = 0;
};

// The label of the encoding that the bytes most likely have. `bytes` may be the beginning of a file.
std::string detect_encoding(ByteView bytes, bool is_whole);

// `encoding` "" detects. A null `decoder` leaves the built-in encodings: UTF-8, UTF-16, UTF-32, Windows-1252, ISO 8859-1.
// Takes the bytes, so that UTF-8 needs no copy. INVALID_FILE: empty, or a kind of file that is no text (named).
Result<DecodedText> decode_text(std::string bytes, std::string_view encoding, TextDecoder* decoder);

// Reads a whole source. INVALID_FILE when it is empty, over import_file_bytes_max, or can't be read.
Result<std::string> read_whole(ByteSource& source);

}  // namespace outpost
