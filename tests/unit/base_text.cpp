#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <utility>

#include <utf8proc.h>

#include "core/base/crc.h"
#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/base/messages.h"
#include "core/base/record_id.h"
#include "core/base/text.h"
#include "core/base/text_fold.h"
#include "core/base/utf8.h"

using namespace outpost;

namespace {

bool in_ranges(int c, std::initializer_list<std::pair<int, int>> ranges) {
    for (const auto& [first, last] : ranges)
        if (c >= first && c <= last) return true;
    return false;
}

}  // namespace

TEST_CASE("text: UTF-8 is checked and repaired as the Unicode standard says") {
    CHECK(is_valid_utf8("plain text, long enough for blocks"));
    CHECK(is_valid_utf8("Zoë 张伟 \xF0\x9F\x98\x80"));
    CHECK_FALSE(is_valid_utf8("\xC0\x80"));                  // overlong
    CHECK_FALSE(is_valid_utf8("\xED\xA0\x80"));              // surrogate
    CHECK_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));          // beyond U+10FFFF
    CHECK_FALSE(is_valid_utf8("abcdefgh\xE4\xB8"));          // cut off
    CHECK(replace_invalid_utf8("a\xE4\xB8z") == "a\xEF\xBF\xBDz");
    CHECK(replace_invalid_utf8("\xFF\xFE") == "\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(count_code_points("a张\xF0\x9F\x98\x80") == 3);
}

TEST_CASE("text: case and accents fold") {
    CHECK(fold_case("ABC Straße ÉCOLE") == "abc strasse école");
    CHECK(fold_search("École, Łódź, Ångström, Søren, ＡＢＣ") == "ecole, lodz, angstrom, soren, abc");
    CHECK(fold_key("GTX Pro") == fold_key("GTXPro"));
    CHECK(fold_key("deal_stage") == "dealstage");
    CHECK(fold_key("公司 名称") == "公司名称");
    CHECK(compare_text("apple", "Banana") < 0);
    CHECK(compare_text("a", "A") > 0);
    CHECK(compare_text("a", "ab") < 0);
    CHECK(compare_text("Zoë", "ZOË") > 0);
    CHECK(compare_text("É", "f") < 0);
    CHECK(compare_text("Anna Åkesson", "Anna Bell") < 0);
    CHECK(compare_text("Aïcha", "Ahmed") > 0);
    CHECK(compare_text("Aïcha", "Albert") < 0);
    CHECK(compare_text("resume", "résumé") < 0);
    CHECK(compare_text("Élan", "elan") > 0);
    CHECK(compare_text("same", "same") == 0);
    CHECK(equals_ignoring_ascii_case("StageName", "stagename"));
    CHECK(trim(" \t\xC2\xA0x\xE3\x80\x80\n") == "x");
    CHECK(trim("   ").empty());
    CHECK(split("a;;b", ';').size() == 3);
    CHECK(has_cjk("abc 张"));
    CHECK_FALSE(has_cjk("Zoë"));
}

TEST_CASE("text: every code point folds as utf8proc says, which wrote the tables") {
    int wrong = 0;
    for (char32_t c = 0x80; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        for (const Fold fold : {Fold::Case, Fold::Search}) {
            const int options = fold == Fold::Case ? UTF8PROC_CASEFOLD : UTF8PROC_CASEFOLD | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT;
            utf8proc_int32_t parts[32];
            int boundary = 0;
            const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), parts, 32, static_cast<utf8proc_option_t>(options), &boundary);
            std::string expected, folded;
            for (utf8proc_ssize_t i = 0; i < count; ++i) {
                // Accents are left out of what is searched.
                if (fold == Fold::Case || !in_ranges(parts[i], {{0x300, 0x36F}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE20, 0xFE2F}}))
                    utf8::append(expected, static_cast<char32_t>(parts[i]));
            }
            append_folded(folded, c, fold);
            wrong += folded != expected;
        }
        const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
        wrong += is_letter_or_number(c) != (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO);
    }
    CHECK(wrong == 0);
    CHECK(fold_search("\xED\x95\x9C") == "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB");   // a Hangul syllable is its three letters
    std::string beyond;
    append_folded(beyond, 0x10FFFF, Fold::Search);
    CHECK(beyond == "\xF4\x8F\xBF\xBF");
}

TEST_CASE("json: numbers stay exact, members stay in order") {
    const auto json = parse_json(R"({"b": 12345678901234567890.123456789, "a": [1, -2, true, null, "x\u00e9\n"], "n": 9007199254740993})");
    REQUIRE(json.has_value());
    CHECK(json->find("b")->text() == "12345678901234567890.123456789");
    CHECK(json->dump() == R"({"b":12345678901234567890.123456789,"a":[1,-2,true,null,"xé\n"],"n":9007199254740993})");
    CHECK(json->integer_or("n", 0) == 9007199254740993);
    CHECK(json->members()[0].first == "b");
    CHECK(Json(0.1).dump() == "0.1");
    CHECK(Json::array().push(1).push("a\"b").dump(2) == "[\n  1,\n  \"a\\\"b\"\n]");
    CHECK(Json::array().dump(2) == "[]");
    CHECK(Json(std::string("\x01\xFF")).dump() == "\"\\u0001\xEF\xBF\xBD\"");
    CHECK(parse_json(R"({"a":1,"a":2})")->integer_or("a", 0) == 2);
}

TEST_CASE("json: what is malformed is refused with its place") {
    const auto bad = parse_json(R"({"a": nope})");
    REQUIRE_FALSE(bad.has_value());
    CHECK(bad.error().code == ErrorCode::JsonParserError);
    CHECK(bad.error().position >= 5);
    CHECK(bad.error().position <= 8);
    CHECK_FALSE(parse_json("").has_value());
    CHECK_FALSE(parse_json("[1,]").has_value());
    CHECK_FALSE(parse_json("\"\xFF\"").has_value());
    CHECK_FALSE(parse_json("[1] 2").has_value());
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(parse_json(nested(200)).has_value());
    CHECK_FALSE(parse_json(nested(201)).has_value());
    CHECK(parse_json(nested(100'000)).error().message_key == "error.json_depth");
    CHECK(parse_json(std::string_view("{}\0[]", 5)).error().position == 2);
}

TEST_CASE("messages: arguments, plurals, and errors without a sentence") {
    const Messages english(Language::English), chinese(Language::SimplifiedChinese);
    CHECK(english.format("error.required_field", {"Name"}) == "Name is required.");
    CHECK(chinese.format("error.required_field", {"Name"}) == "“Name”为必填项。");
    CHECK(english.text("no.such.key") == "no.such.key");
    CHECK(english.format("{0} {0:row|rows}, {x} {1}", {"1"}) == "1 row, {x} ");
    CHECK(english.format("{0} {0:row|rows} {", {"2"}) == "2 rows {");
    CHECK(english.error({ErrorCode::InvalidField, "no.such.key", {"x", "y"}, "Lead", "Foo"}) == "INVALID_FIELD: Lead.Foo: x, y");
    CHECK(language_of_tag("zh-Hans-CN") == Language::SimplifiedChinese);
    CHECK(language_of_tag("de") == Language::English);
    REQUIRE(!message_keys().empty());
    for (std::string_view key : message_keys()) {
        CHECK(english.has(key));
        CHECK(!english.text(key).empty());
        CHECK(!chinese.text(key).empty());
    }
    // The texts stay beside their keys from the first to the last.
    CHECK(english.text("ui.field.yes") == "Yes");
    CHECK(chinese.text("ui.field.yes") == "是");
}

TEST_CASE("record ids: text form and back") {
    const RecordId id = RecordId::make(ObjectIndex{5}, 0xABCDEF1, 0x123456);
    CHECK(to_text(id).starts_with("006"));
    CHECK(to_text(id).size() == 15);
    CHECK(parse_record_id(to_text(id)) == id);
    CHECK(parse_record_id(to_text(id) + "AAA") == id);
    CHECK_FALSE(parse_record_id("0063000000abcd1"));  // a Salesforce id, not one of ours
    CHECK_FALSE(parse_record_id("006"));
    CHECK(key_prefix(ObjectIndex{64}) == "a00");
    for (std::uint16_t n = 1; n < 4096; ++n) CHECK(object_of_key_prefix(key_prefix(ObjectIndex{n})) == ObjectIndex{n});
}

TEST_CASE("checksums and hashes have their published values") {
    CHECK(crc32c("123456789", 9) == 0xE3069283u);
    const std::string zeros(32, '\0');
    CHECK(crc32c(zeros.data(), zeros.size()) == 0x8A9136AAu);  // RFC 3720, B.4
    CHECK(crc32c("456789", 6, crc32c("123", 3)) == 0xE3069283u);
    CHECK(hash_text("") == 0x2D06800538D394C2ull);             // XXH3 64, empty
    CHECK(TextHash{}("abc") == TextHash{}(std::string("abc")));
}

TEST_CASE("crc: long runs, in any pieces, give what bit by bit gives") {
    std::vector<unsigned char> bytes(70'000);
    std::uint32_t state = 1;
    for (unsigned char& byte : bytes) byte = static_cast<unsigned char>((state = state * 1'664'525u + 1'013'904'223u) >> 24);
    const auto plain = [&](std::size_t first, std::size_t size) {
        std::uint32_t crc = ~0u;
        for (std::size_t i = first; i < first + size; ++i) {
            crc ^= bytes[i];
            for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0x82F6'3B78u : 0u);
        }
        return ~crc;
    };
    for (const std::size_t size : {7u, 8u, 4095u, 8191u, 8192u, 8193u, 16'389u, 69'997u}) CHECK(crc32c(bytes.data() + 3, size) == plain(3, size));
    for (const std::size_t cut : {1u, 4096u, 8192u, 20'001u})
        CHECK(crc32c(bytes.data() + cut, bytes.size() - cut, crc32c(bytes.data(), cut)) == plain(0, bytes.size()));
}

TEST_CASE("utf8: every code point survives being written and read, alone and cut off") {
    for (char32_t code = 0; code <= 0x10FFFF; ++code) {
        if (utf8::is_surrogate(code)) continue;
        char bytes[4];
        const std::size_t length = utf8::encode(code, bytes);
        const std::string_view text(bytes, length);
        const bool same = utf8::read(text, 0).code == code && utf8::read(text, 0).bytes == length && is_valid_utf8(text);
        if (!same) FAIL(static_cast<unsigned>(code));
        if (length > 1 && utf8::read(text.substr(0, length - 1), 0).bytes != 1) FAIL(static_cast<unsigned>(code));
    }
}
