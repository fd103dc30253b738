#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/transfer/csv.h"
#include "core/transfer/encoding.h"

using namespace outpost;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows read_all(std::string_view text, CsvDialect dialect, std::uint32_t rows_per_block = 7) {
    CsvReader reader(text, dialect);
    CsvBlock block;
    Rows rows;
    std::string scratch;
    while (!reader.at_end()) REQUIRE(reader.read(block, rows_per_block).has_value());
    for (std::uint32_t row = 0; row < block.rows(); ++row) {
        rows.emplace_back();
        for (std::uint32_t i = block.first_cell(row); i < block.row_ends[row]; ++i)
            rows.back().emplace_back(cell_text(text, block.cells[i], scratch));
    }
    return rows;
}

Rows read_all(std::string_view text) { return read_all(text, detect_dialect(text)); }

struct Dice {
    std::uint64_t state;
    std::uint32_t below(std::uint32_t limit) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        return static_cast<std::uint32_t>(state >> 33) % limit;
    }
};

DecodedText decode(std::string bytes, std::string_view encoding = "", TextDecoder* decoder = nullptr) {
    auto decoded = decode_text(std::move(bytes), encoding, decoder);
    REQUIRE(decoded.has_value());
    return *std::move(decoded);
}

std::string_view refusal(std::string bytes) {
    static std::string key;
    const auto decoded = decode_text(std::move(bytes), "", nullptr);
    key = decoded ? "accepted" : decoded.error().message_key;
    return key;
}

}  // namespace

TEST_CASE("csv: quotes, newlines and ragged rows") {
    CHECK(read_all("a,b,c\r\n1,2,3\r\n") == Rows{{"a", "b", "c"}, {"1", "2", "3"}});
    CHECK(read_all("a,b\n1,2") == Rows{{"a", "b"}, {"1", "2"}});
    CHECK(read_all("a,b\r1,2\r") == Rows{{"a", "b"}, {"1", "2"}});
    CHECK(read_all("a,b\n\"x\ny\",\"say \"\"hi\"\"\"\n") == Rows{{"a", "b"}, {"x\ny", "say \"hi\""}});
    CHECK(read_all("a,b\n,\n\n\"\",x,y\n") == Rows{{"a", "b"}, {"", ""}, {"", "x", "y"}});
    CHECK(read_all("a,b\n1,\n") == Rows{{"a", "b"}, {"1", ""}});
    CHECK(read_all("a,b\n1,").back() == std::vector<std::string>{"1", ""});
    CsvDialect skipping;
    skipping.skip_empty_rows = true;
    CHECK(read_all("a,b\n,\n\n\"\",x,y\n\"\",,\n", skipping) == Rows{{"a", "b"}, {"", "x", "y"}});
    CHECK(read_all("a,b\n\"1\"\r\n") == Rows{{"a", "b"}, {"1"}});
}

TEST_CASE("csv: stray and unclosed quotes lose nothing") {
    CHECK(read_all("a,b\n5\" disk,x\n") == Rows{{"a", "b"}, {"5\" disk", "x"}});
    CHECK(read_all("a,b\n\"the \"big\" one\",x\n") == Rows{{"a", "b"}, {"the \"big\" one", "x"}});
    CHECK(read_all("a,b\n\"x\" ,y\n") == Rows{{"a", "b"}, {"x", "y"}});
    CHECK(read_all("a,b\n\"open,y\n1,2\n") == Rows{{"a", "b"}, {"\"open", "y"}, {"1", "2"}});
    // Many unclosed quotes stay linear, and closed ones behind them on a line still count.
    std::string many = "a,b\n";
    for (int i = 0; i < 20'000; ++i) many += "\"x,y\n";
    CHECK(read_all(many, CsvDialect{}, 1000).size() == 20'001);
}

TEST_CASE("csv: a quote that nobody closed takes no rows with it, and is counted") {
    const auto unclosed = [](std::string_view text) {
        CsvReader reader(text, detect_dialect(text));
        CsvBlock block;
        REQUIRE(reader.read(block, 1000).has_value());
        return reader.unclosed_quotes();
    };
    const std::string_view swallowed = "Company,City,Notes\r\nBad,Town,\"never closed\r\nM0,Town,\"text 0\"\r\nM1,Town,\"text 1\"\r\n";
    CHECK(read_all(swallowed) == Rows{{"Company", "City", "Notes"}, {"Bad", "Town", "\"never closed"}, {"M0", "Town", "text 0"}, {"M1", "Town", "text 1"}});
    CHECK(unclosed(swallowed) == 1);
    CHECK(read_all("a,b\n\"open,1\n\"x\",2\n\"y, z\",3\n") == Rows{{"a", "b"}, {"\"open", "1"}, {"x", "2"}, {"y, z", "3"}});
    CHECK(read_all("a,b\n1,\"open\n2,plain\n3,\"x\ny\"\n") == Rows{{"a", "b"}, {"1", "\"open"}, {"2", "plain"}, {"3", "x\ny"}});
    // What makes no row is a text of several lines, with a word about it.
    const std::string_view said = "a,b\n1,\"Dear all,\n\"hello\" was said\"\n2,x\n";
    CHECK(read_all(said) == Rows{{"a", "b"}, {"1", "Dear all,\n\"hello\" was said"}, {"2", "x"}});
    CHECK(unclosed(said) == 1);
    CHECK(unclosed("a,b\n1,\"Dear \"\"all\"\",\nhello\"\n") == 0);
    CHECK(unclosed("a,b\n1,\"the \"big\" one\"\n") == 0);
    std::string many = "a,b\n";
    for (int i = 0; i < 20'000; ++i) many += "1,\"x\n";
    CHECK(read_all(many + "2,\"y\"\n").size() == 20'002);
}

TEST_CASE("csv: blanks before a quotation mark are none of the text") {
    CHECK(read_all("Name, City, Note\nAcme, \"Oslo\",  \"hello, you\"\n") == Rows{{"Name", " City", " Note"}, {"Acme", "Oslo", "hello, you"}});
    CHECK(read_all("a,b\n \"say \"\"hi\"\"\" ,x\n") == Rows{{"a", "b"}, {"say \"hi\"", "x"}});
    CHECK(read_all("a,b\n \"Oslo\" branch,x\n \"open,y\n z,\"q\"\n") == Rows{{"a", "b"}, {" \"Oslo\" branch", "x"}, {" \"open", "y"}, {" z", "q"}});
    CHECK(read_all("a,b\n1, \n2, ") == Rows{{"a", "b"}, {"1", " "}, {"2", " "}});
}

TEST_CASE("csv: delimiters are found, Excel's sep line is obeyed") {
    CHECK(detect_dialect("a;b;c\n1,5;2,5;3\n4,5;5;6\n").delimiter == ';');
    CHECK(detect_dialect("a\tb\n1, 2\tx\n").delimiter == '\t');
    CHECK(detect_dialect("a|b|c\n1|2|3\n").delimiter == '|');
    CHECK(detect_dialect("name\n\"x;y\"\nz\n").delimiter == ',');
    CHECK(detect_dialect("a,b\n\"x;y;z\",1\n\"x;y;z\",2\n").delimiter == ',');
    CHECK(read_all("sep=;\r\na;b\r\n1;2\r\n") == Rows{{"a", "b"}, {"1", "2"}});
}

TEST_CASE("csv: lines end as they do outside of quotes") {
    CHECK(detect_dialect("a,b\r\"x\ny\nz\",2\r3,4\r").newline == '\r');
    CHECK(read_all("a,b\r\"x\ny\",2\r3,\"4\n\"\r") == Rows{{"a", "b"}, {"x\ny", "2"}, {"3", "4\n"}});
    CHECK(detect_dialect("a,b\n\"x\ry\rz\",2\n").newline == '\n');
    CHECK(detect_dialect("a,b\r\n\"x\ry\rz\",2\r\n").newline == '\n');
    CHECK(detect_dialect("a,b\r\n5\" disk,2\r\n\"q\"\"\r\",2\r\n").newline == '\n');
    CHECK(detect_dialect("a,b\r1,2\r").newline == '\r');
}

TEST_CASE("csv: lines that end one way here and another there") {
    const auto united = [](std::string text) {
        unite_line_ends(text);
        return text;
    };
    CHECK(united("a,b\r1,2\n3,4\n") == "a,b\n1,2\n3,4\n");
    CHECK(united("a,b\r1,\"x\ry\"\r\n3,4\n") == "a,b\n1,\"x\ry\"\r\n3,4\n");
    CHECK(united("a,b\r1,2\r3,4\n5,6\r") == "a,b\n1,2\n3,4\n5,6\n");
    for (const char* kept : {"a,b\n1,x\ry\n3,4\n", "a,b\r\"x\ny\",2\r", "a,b\r\n1,2\r\n", "a\rb\n"}) CHECK(united(kept) == kept);
}

TEST_CASE("csv: bombs are refused with their place") {
    CsvBlock block;
    const std::string wide = "a\n" + std::string(1'000'000, ',');
    auto refused = CsvReader(wide, {}).read(block, 10);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message_key == "import.too_many_columns");
    CHECK(refused.error().arguments[0] == "2");
    const std::string long_cell = "a,b\n1,\"" + std::string(csv_cell_bytes_max + 1, 'x') + "\"\n";
    refused = CsvReader(long_cell, {}).read(block, 10);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().message_key == "import.cell_too_long");
}

TEST_CASE("csv: what is written is read back, for every delimiter and newline") {
    const std::string_view words[] = {"", "plain", "two words", " padded ", "comma, semicolon; bar| tab\t", "quote \" inside",
                                      "\"quoted\"", "line\nbreak", "line\r\nbreak", "Zoë 张伟", "\"", "\"\"", ",", "x\""};
    for (std::uint64_t seed = 1; seed <= 400; ++seed) {
        Dice dice{seed};
        CsvDialect dialect;
        dialect.delimiter = ",;\t|"[dice.below(4)];
        const std::string_view newline = dice.below(2) ? "\r\n" : "\n";
        const std::uint32_t columns = 2 + dice.below(6), count = 1 + dice.below(40);
        Rows rows(count);
        std::string text;
        for (auto& row : rows) {
            for (std::uint32_t i = 0; i < columns; ++i) {
                std::string value;
                for (std::uint32_t k = dice.below(4); k > 0; --k) value += words[dice.below(std::size(words))];
                if (i > 0) text += dialect.delimiter;
                append_csv_cell(text, value, dialect.delimiter);
                row.push_back(std::move(value));
            }
            text += newline;
        }
        INFO("seed ", seed);
        REQUIRE(read_all(text, dialect, 1 + dice.below(9)) == rows);
        // However it is cut off, reading ends without harm.
        (void)read_all(std::string_view(text).substr(0, dice.below(static_cast<std::uint32_t>(text.size()))), dialect);
    }
}

TEST_CASE("csv: a doubled quote before a delimiter does not end the cell") {
    // Differential: a plain state machine for well-formed RFC 4180 text against the block scanner.
    const auto plain = [](std::string_view text) {
        Rows rows(1, {""});
        bool quoted = false;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const char c = text[i];
            if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') { rows.back().back() += '"'; ++i; }
            else if (c == '"') quoted = !quoted;
            else if (!quoted && c == ',') rows.back().emplace_back();
            else if (!quoted && c == '\n') rows.push_back({""});
            else rows.back().back() += c;
        }
        if (rows.back() == std::vector<std::string>{""}) rows.pop_back();
        std::erase_if(rows, [](const auto& row) { return row.size() == 1 && row[0].empty(); });
        return rows;
    };
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        Dice dice{seed * 7919};
        std::string text;
        for (std::uint32_t cells = 1 + dice.below(60); cells > 0; --cells) {
            if (dice.below(2)) {
                text += '"';
                for (std::uint32_t k = dice.below(70); k > 0; --k) {
                    constexpr std::string_view parts[] = {"\"\"", ",", "\n", "a", "bc", " "};
                    text += parts[dice.below(6)];
                }
                text += '"';
            } else {
                text.append(dice.below(70), 'x');
            }
            text += dice.below(4) ? ',' : '\n';
        }
        INFO("seed ", seed);
        REQUIRE(read_all(text, CsvDialect{}) == plain(text));
    }
}

TEST_CASE("encoding: marks, UTF-16 without a mark, Windows-1252 and Chinese are told apart") {
    CHECK(decode("\xEF\xBB\xBFname\nZoë").text == "name\nZoë");
    CHECK(decode("name\nZoë").encoding == "utf-8");
    CHECK(decode("name\nRen\xE9""e \x80 5").text == "name\nRenée € 5");
    CHECK(decode("name\nRen\xE9").encoding == "windows-1252");
    const std::string utf16 = std::string("\xFF\xFE", 2) + std::string("n\0a\0\n\0\x20\x5F", 8);
    CHECK(decode(utf16).text == "na\n张");
    CHECK(decode(std::string("\0n\0a\0m\0e\0\n\0x", 12)).text == "name\nx");
    CHECK(decode(std::string("\xFF\xFE\x3D\xD8\x00\xDE", 6)).text == "\xF0\x9F\x98\x80");
    CHECK(decode(std::string("\xFF\xFE\0\0a\0\0\0\n\0\0\0b\0\0\0", 16)).text == "a\nb");
    CHECK(decode(std::string("\0\0\xFE\xFF\0\0\0a\0\0\0b", 12)).text == "ab");
    const std::string gbk = "name,city\n\xD5\xC5\xCE\xB0,\xB1\xB1\xBE\xA9\n";  // 张伟,北京
    CHECK(detect_encoding({reinterpret_cast<const std::uint8_t*>(gbk.data()), gbk.size()}, true) == "gb18030");
    CHECK(decode_text(gbk, "", nullptr).error().message_key == "import.unknown_encoding");
    const DecodedText repaired = decode("Zoë Zoë Zoë Zoë Zoë Zoë Zoë Zoë Zoë \xFF x");
    CHECK(repaired.encoding == "utf-8");
    CHECK(repaired.replaced_characters == 1);
    CHECK(decode(std::string("a,b\n1,2\0\n", 9) + std::string(200, 'x')).removed_nul_characters == 1);
    CHECK(decode("caf\xC3\xA9", "windows-1252").text == "cafÃ©");
}

TEST_CASE("encoding: Cyrillic is no Chinese, and what decodes with many faults is another encoding") {
    // Stands for the tables of the browser or iconv: says which encoding it was asked for, and spoils Chinese.
    struct Tables final : TextDecoder {
        bool decode(std::string_view encoding, ByteView, std::string& out) override {
            out = std::string(encoding) + (encoding == "gb18030" ? " \uFFFD" : "");
            return true;
        }
        std::string compose(std::string_view text) override { return std::string(text); }
    } tables;
    // Название;Город, ООО Ромашка;Москва
    const std::string cyrillic = "\xCD\xE0\xE7\xE2\xE0\xED\xE8\xE5;\xC3\xEE\xF0\xEE\xE4\n\xCE\xCE\xCE \xD0\xEE\xEC\xE0\xF8\xEA\xE0;\xCC\xEE\xF1\xEA\xE2\xE0\n";
    CHECK(decode(cyrillic, "", &tables).text == "windows-1251");
    CHECK(decode("name\n\xC9t\xE9, \xE0 No\xEBl\n", "", &tables).encoding == "windows-1252");
    const std::string doubtful = "name\n\xD5\xC5\xCE\xB0\n";
    CHECK(decode(doubtful, "", &tables).encoding == "windows-1252");
    const DecodedText said = decode(doubtful, "gbk", &tables);
    CHECK(said.encoding == "gb18030");
    CHECK(said.replaced_characters == 1);
    CHECK(decode("a", "sjis", &tables).text == "shift_jis");
    CHECK(decode("a", "cp1251", &tables).text == "windows-1251");
}

TEST_CASE("encoding: Japanese in Shift JIS is told by its kana, and neither apostrophes nor Chinese are taken for it") {
    const auto detect = [](std::string_view bytes) { return detect_encoding({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, true); };
    CHECK(detect("\x89\xEF\x8E\xD0\x96\xBC,\x8E\x81\x96\xBC,\x83\x81\x81[\x83\x8B\x83""A\x83h\x83\x8C\x83X\n\x87\x8A\xEE\xE0\x8B\xB4,\x8ER\x93""c \x82\xCD\x82\xC8,a@x.jp\n") == "shift_jis");   // 会社名,氏名,メールアドレス
    CHECK(detect("Name,Note\nBob\x92s,It\x92s\nO\x92Neil,don\x92t\n") == "windows-1252");
    CHECK(detect("Firma;Ort\n\x82\xC4rzte\x91 \x96 Kiel;K\xF6ln\nM\xFCller\x92s;Bob\x92s\n") == "windows-1252");
    CHECK(detect("\xBF\xCD\xBB\xA7\xC3\xFB\xB3\xC6,\xBF\xCD\xBB\xA7\xBC\xB6\xB1\xF0\n\xB1\xB1\xBE\xA9\xB1\xB1\xC8\xED\xD0\xC5\xCF\xA2,\xD6\xD8\xD2\xAA\xBF\xCD\xBB\xA7\n") == "gb18030");
}

TEST_CASE("encoding: files that are no text say what they are") {
    CHECK(refusal("") == "import.file_is_empty");
    CHECK(refusal(" \r\n ") == "import.file_is_empty");
    CHECK(refusal("\xEF\xBB\xBF") == "import.file_is_empty");
    CHECK(refusal("PK\x03\x04 and more") == "import.file_is_workbook");
    CHECK(refusal("%PDF-1.7 ...") == "import.file_is_pdf");
    CHECK(refusal("<html><body><table>") == "import.file_is_web_page");
    CHECK(refusal(std::string("OPS1\x01\0\0\0", 8)) == "import.file_is_backup");
    CHECK(refusal("\xEF\xBB\xBF [\n  {\"Name\": \"Acme\"}]") == "import.file_is_json");
    CHECK(refusal("{ \"records\": [] }") == "import.file_is_json");
    CHECK(refusal("BEGIN:VCARD\r\nVERSION:3.0") == "import.file_is_cards");
    CHECK(decode_text("[Name],[City]\nAcme,Lyon\n", "", nullptr).has_value());
    std::string noise;
    for (int i = 0; i < 4096; ++i) noise += static_cast<char>((i * 7919) >> 3);
    CHECK(refusal(noise) == "import.file_is_no_text");
}
