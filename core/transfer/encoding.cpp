#include "core/transfer/encoding.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/transfer/csv.h"

namespace outpost {

namespace {

struct Signature {
    std::string_view bytes;
    const char* message_key;
};

// Files that people pick by mistake, known by their first bytes.
constexpr Signature signatures[] = {
    {std::string_view("OPS1\x01\0", 6), "import.file_is_backup"},
    {std::string_view("<!DOCTYPE"), "import.file_is_web_page"},
    {std::string_view("<!doctype"), "import.file_is_web_page"},
    {std::string_view("<html"), "import.file_is_web_page"},
    {std::string_view("BEGIN:VCARD"), "import.file_is_cards"},
    {std::string_view("BEGIN:VCALENDAR"), "import.file_is_cards"},
    {std::string_view("PK\x03\x04", 4), "import.file_is_workbook"},
    {std::string_view("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8), "import.file_is_workbook"},
    {std::string_view("%PDF-", 5), "import.file_is_pdf"},
    {std::string_view("\x89PNG", 4), "import.file_is_image"},
    {std::string_view("\xFF\xD8\xFF", 3), "import.file_is_image"},
    {std::string_view("GIF8", 4), "import.file_is_image"},
    {std::string_view("\x1F\x8B", 2), "import.file_is_compressed"},
    {std::string_view("7z\xBC\xAF\x27\x1C", 6), "import.file_is_compressed"},
    {std::string_view("Rar!", 4), "import.file_is_compressed"},
    {std::string_view("SQLite format 3", 15), "import.file_is_no_text"},
    {std::string_view("\x7F" "ELF", 4), "import.file_is_no_text"},
    {std::string_view("\0asm", 4), "import.file_is_no_text"},
    {std::string_view("PAR1", 4), "import.file_is_no_text"},
};

constexpr char16_t windows_1252_high[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
    0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

std::uint8_t byte_at(std::string_view bytes, std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); }

void append_replacement(DecodedText& out) {
    out.text += utf8::replacement_text;
    ++out.replaced_characters;
}

void decode_utf16(std::string_view bytes, bool big_endian, DecodedText& out) {
    const auto unit = [&](std::size_t i) {
        return static_cast<char32_t>(big_endian ? byte_at(bytes, i) << 8 | byte_at(bytes, i + 1)
                                                : byte_at(bytes, i + 1) << 8 | byte_at(bytes, i));
    };
    out.text.reserve(bytes.size() / 2 + 16);
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const char32_t first = unit(i);
        if (first < 0xD800 || first > 0xDFFF) {
            utf8::append(out.text, first);
        } else if (first < 0xDC00 && i + 3 < bytes.size() && unit(i + 2) >= 0xDC00 && unit(i + 2) <= 0xDFFF) {
            utf8::append(out.text, 0x10000 + ((first - 0xD800) << 10) + (unit(i + 2) - 0xDC00));
            i += 2;
        } else {
            append_replacement(out);
        }
    }
    if (bytes.size() % 2 != 0) append_replacement(out);
}

char32_t utf32_at(std::string_view bytes, std::size_t i, bool big_endian) {
    char32_t c = 0;
    for (std::size_t k = 0; k < 4; ++k) c |= static_cast<char32_t>(byte_at(bytes, i + k)) << 8 * (big_endian ? 3 - k : k);
    return c;
}

void decode_utf32(std::string_view bytes, bool big_endian, DecodedText& out) {
    for (std::size_t i = 0; i + 3 < bytes.size(); i += 4) {
        const char32_t c = utf32_at(bytes, i, big_endian);
        if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) append_replacement(out);
        else utf8::append(out.text, c);
    }
    if (bytes.size() % 4 != 0) append_replacement(out);
}

void decode_windows_1252(std::string_view bytes, DecodedText& out) {
    out.text.reserve(bytes.size() + bytes.size() / 16);
    for (char byte : bytes) {
        const auto c = static_cast<std::uint8_t>(byte);
        utf8::append(out.text, c >= 0x80 && c < 0xA0 ? windows_1252_high[c - 0x80] : c);
    }
}

// FF FE 00 00 also begins UTF-16 whose first character is NUL: it is UTF-32 only if the first units are characters.
bool looks_like_utf32(std::string_view bytes, bool big_endian) {
    const std::size_t end = std::min<std::size_t>(bytes.size() / 4 * 4, 64);
    for (std::size_t i = 4; i < end; i += 4) {
        const char32_t c = utf32_at(bytes, i, big_endian);
        if (c == 0 || c > 0x10FFFF) return false;
    }
    return bytes.size() >= 8;
}

struct Marked {
    std::string_view encoding;
    std::size_t mark_bytes = 0;
};

Marked find_byte_order_mark(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return {"utf-8", 3};
    if (bytes.starts_with(std::string_view("\0\0\xFE\xFF", 4))) return {"utf-32be", 4};
    if (bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4)) && looks_like_utf32(bytes, false)) return {"utf-32le", 4};
    if (bytes.starts_with("\xFF\xFE")) return {"utf-16le", 2};
    if (bytes.starts_with("\xFE\xFF")) return {"utf-16be", 2};
    return {};
}

// Text in Latin letters as UTF-16 has a zero in every second byte.
std::string_view find_utf16_by_zeros(std::string_view bytes) {
    const std::size_t end = std::min<std::size_t>(bytes.size(), 4096) / 2 * 2;
    std::size_t zeros[2] = {0, 0};
    for (std::size_t i = 0; i < end; ++i) zeros[i % 2] += bytes[i] == 0;
    const std::size_t units = end / 2;
    if (units < 4) return {};
    if (zeros[1] * 10 > units * 4 && zeros[0] * 20 < units) return "utf-16le";
    if (zeros[0] * 10 > units * 4 && zeros[1] * 20 < units) return "utf-16be";
    return {};
}

// Well-formed multi-byte UTF-8 sequences against bytes that fit none, at most `limit` of the bad ones.
struct Utf8Count {
    std::size_t good = 0, bad = 0;
};

Utf8Count count_utf8(std::string_view bytes, std::size_t limit) {
    Utf8Count count;
    std::size_t i = 0;
    while (i < bytes.size() && count.bad < limit) {
        const std::uint8_t first = byte_at(bytes, i);
        if (first < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
        if (i + length <= bytes.size() && is_valid_utf8(bytes.substr(i, length))) {
            ++count.good;
            i += length;
        } else {
            ++count.bad;
            ++i;
        }
    }
    return count;
}

// Chinese in GBK and GB18030 comes in pairs, most of which lie in the block of everyday characters (GB 2312); accented
// letters of Windows-1252 stand alone between ASCII letters.
bool looks_like_gb18030(std::string_view bytes) {
    std::size_t everyday = 0, other = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::uint8_t lead = byte_at(bytes, i);
        if (lead < 0x80) continue;
        if (i + 1 >= bytes.size()) break;
        const std::uint8_t trail = byte_at(bytes, ++i);
        if (lead == 0x80 || lead == 0xFF || trail == 0x7F || trail == 0xFF || trail < 0x30) {
            ++other;
            --i;
        } else if (((lead >= 0xB0 && lead <= 0xF7) || (lead >= 0xA1 && lead <= 0xA3)) && trail >= 0xA1) {
            ++everyday;
        } else {
            ++other;
        }
    }
    return everyday > 0 && everyday >= other * 4;
}

// Japanese in Shift JIS: pairs throughout, most of them in its first half, where other encodings have signs, and kana
// among them.
bool looks_like_shift_jis(std::string_view bytes) {
    std::size_t pairs = 0, of_first_half = 0, kana = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const std::uint8_t lead = byte_at(bytes, i);
        if (lead < 0x80 || (lead >= 0xA1 && lead <= 0xDF)) continue;   // the rest are half-width kana
        if (++i >= bytes.size()) break;
        const std::uint8_t trail = byte_at(bytes, i);
        if (lead == 0x80 || lead == 0xA0 || lead > 0xFC || trail < 0x40 || trail == 0x7F || trail > 0xFC) return false;
        ++pairs;
        of_first_half += lead < 0xA0;
        kana += (lead == 0x82 && trail >= 0x9F && trail <= 0xF1) || (lead == 0x83 && trail <= 0x96);
    }
    return kana > 1 && kana * 50 > pairs && of_first_half * 2 > pairs;
}

// Cyrillic in Windows-1251: words of letters of the upper half, most of them small, the last 32 of all; those are a
// sixth of the bytes of Chinese, and stand alone in Western texts.
bool looks_like_windows_1251(std::string_view bytes) {
    std::size_t high = 0, small = 0, joined = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (byte_at(bytes, i) < 0x80) continue;
        ++high;
        small += byte_at(bytes, i) >= 0xE0;
        joined += i > 0 && byte_at(bytes, i - 1) >= 0xC0 && byte_at(bytes, i) >= 0xC0;
    }
    return small * 2 > high && joined * 2 > high;
}

std::uint64_t count_replaced(std::string_view text) {
    std::uint64_t count = 0;
    for (std::size_t at = 0; (at = text.find(utf8::replacement_text, at)) != std::string_view::npos; at += utf8::replacement_text.size()) ++count;
    return count;
}

// An object, or a list of objects or lists.
bool looks_like_json(std::string_view bytes) {
    if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t begin = bytes.find_first_not_of(blanks);
    if (begin == std::string_view::npos || (bytes[begin] != '{' && bytes[begin] != '[')) return false;
    const std::size_t next = bytes.find_first_not_of(blanks, begin + 1);
    if (next == std::string_view::npos) return false;
    return bytes[begin] == '{' ? bytes[next] == '"' || bytes[next] == '}' : bytes[next] == '{' || bytes[next] == '[' || bytes[next] == ']';
}

Status check_is_text(std::string_view bytes) {
    if (looks_like_json(bytes)) return fail(ErrorCode::InvalidFile, "import.file_is_json");
    for (const Signature& signature : signatures)
        if (bytes.starts_with(signature.bytes)) return fail(ErrorCode::InvalidFile, signature.message_key);
    const std::size_t end = std::min<std::size_t>(bytes.size(), 65536);
    std::size_t controls = 0;
    for (std::size_t i = 0; i < end; ++i) {
        const std::uint8_t c = byte_at(bytes, i);
        controls += c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != 0x1A && c != 0x1B;
    }
    if (controls * 20 > end) return fail(ErrorCode::InvalidFile, "import.file_is_no_text");
    return {};
}

std::string normal_label(std::string_view encoding) {
    std::string label = fold_case(trim(encoding));
    if (label == "utf8") return "utf-8";
    if (label == "utf-16" || label == "utf16" || label == "utf16le") return "utf-16le";
    if (label == "utf16be") return "utf-16be";
    if (label == "utf-32") return "utf-32le";
    if (label == "gbk" || label == "gb2312" || label == "cp936" || label == "chinese") return "gb18030";
    if (label == "cp1250" || label == "cp1251") return "windows-" + label.substr(2);
    if (label == "sjis" || label == "shift-jis" || label == "cp932") return "shift_jis";
    if (label == "euckr" || label == "cp949") return "euc-kr";
    if (label == "cp1252" || label == "latin1" || label == "latin-1" || label == "iso-8859-1" || label == "ansi" || label == "ascii" ||
        label == "us-ascii")
        return "windows-1252";
    return label;
}

struct Detected {
    std::string_view encoding;
    bool is_proven = false;   // all bytes are valid in it
};

Detected detect(std::string_view bytes, bool is_whole) {
    if (const Marked marked = find_byte_order_mark(bytes); !marked.encoding.empty()) return {marked.encoding};
    if (const std::string_view utf16 = find_utf16_by_zeros(bytes); !utf16.empty()) return {utf16};
    if (is_valid_utf8(bytes)) return {"utf-8", true};
    if (!is_whole && bytes.size() > 4) {
        // The beginning of a file may end within a character.
        for (std::size_t cut = 1; cut <= 3; ++cut)
            if (is_valid_utf8(bytes.substr(0, bytes.size() - cut))) return {"utf-8"};
    }
    const std::string_view sample = bytes.substr(0, std::size_t{4} << 20);
    const Utf8Count count = count_utf8(sample, 100'000);
    if (count.good > count.bad * 8) return {"utf-8"};
    return {looks_like_shift_jis(sample) ? "shift_jis" : looks_like_windows_1251(sample) ? "windows-1251" : looks_like_gb18030(sample) ? "gb18030" : "windows-1252"};
}

}  // namespace

std::string detect_encoding(ByteView bytes, bool is_whole) {
    return std::string(detect({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, is_whole).encoding);
}

Result<DecodedText> decode_text(std::string bytes, std::string_view encoding, TextDecoder* decoder) {
    if (bytes.empty()) return fail(ErrorCode::InvalidFile, "import.file_is_empty");
    DecodedText out;
    const Marked marked = find_byte_order_mark(bytes);
    out.has_byte_order_mark = !marked.encoding.empty();
    const Detected detected = encoding.empty() ? detect(bytes, true) : Detected{};
    out.encoding = encoding.empty() ? std::string(detected.encoding) : normal_label(encoding);
    const bool wide = out.encoding.starts_with("utf-16") || out.encoding.starts_with("utf-32");
    if (!wide) OUTPOST_CHECK(check_is_text(bytes));
    const std::size_t mark_bytes = marked.encoding == out.encoding ? marked.mark_bytes : 0;
    const std::string_view body = std::string_view(bytes).substr(mark_bytes);
    out.guessed = encoding.empty() && !out.has_byte_order_mark && out.encoding != "utf-8";
    if (out.encoding == "utf-8") {
        if (detected.is_proven || is_valid_utf8(body)) {
            bytes.erase(0, mark_bytes);
            out.text = std::move(bytes);
        } else {
            out.replaced_characters = count_utf8(body, body.size()).bad;
            out.text = replace_invalid_utf8(body);
        }
    } else if (wide) {
        const bool big_endian = out.encoding.ends_with("be");
        if (out.encoding.starts_with("utf-16")) decode_utf16(body, big_endian, out);
        else decode_utf32(body, big_endian, out);
    } else if (out.encoding == "windows-1252") {
        decode_windows_1252(body, out);
    } else {
        const ByteView view(reinterpret_cast<const std::uint8_t*>(body.data()), body.size());
        if (!decoder || !decoder->decode(out.encoding, view, out.text))
            return fail(ErrorCode::InvalidFile, "import.unknown_encoding", {out.encoding});
        if (!is_valid_utf8(out.text)) out.text = replace_invalid_utf8(out.text);
        out.replaced_characters = count_replaced(out.text);
        // A damaged character or two are no other encoding; more of them are.
        if (out.guessed && out.replaced_characters * 50 > static_cast<std::uint64_t>(std::ranges::count_if(body, [](char c) { return (c & 0x80) != 0; }))) {
            out.text.clear();
            out.encoding = "windows-1252";
            out.replaced_characters = 0;
            decode_windows_1252(body, out);
        }
    }
    const RareCharacters rare = find_rare_characters(out.text);
    if (decoder && rare.taken_apart) out.text = decoder->compose(out.text);
    if (rare.nul) out.removed_nul_characters = std::erase(out.text, '\0');
    out.has_inner_mark = rare.mark;
    if (trim(out.text).empty()) return fail(ErrorCode::InvalidFile, "import.file_is_empty");
    return out;
}

Result<std::string> read_whole(ByteSource& source) {
    const std::uint64_t size = source.size();
    if (size == 0) return fail(ErrorCode::InvalidFile, "import.file_is_empty");
    if (size > import_file_bytes_max)
        return fail(ErrorCode::InvalidFile, "import.file_too_large", {std::to_string(size >> 20), std::to_string(import_file_bytes_max >> 20)});
    std::string bytes;
    bool is_read = false;
    bytes.resize_and_overwrite(size, [&](char* room, std::size_t) {
        is_read = source.read(0, {reinterpret_cast<std::uint8_t*>(room), static_cast<std::size_t>(size)});
        return is_read ? static_cast<std::size_t>(size) : 0;
    });
    if (!is_read) return fail(ErrorCode::InvalidFile, "import.file_unreadable");
    return bytes;
}

}  // namespace outpost
