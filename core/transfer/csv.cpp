#include "core/transfer/csv.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "core/base/decimal.h"

#if defined(__wasm_simd128__)
#include <wasm_simd128.h>
#elif defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace outpost {

namespace {

constexpr std::uint32_t block_bytes = 64;
constexpr std::size_t sample_bytes = 256 << 10;

// Bit i of the result: byte i of the 64 bytes is `wanted`.
std::uint64_t find_byte(const char* bytes, char wanted) {
#if defined(__wasm_simd128__)
    const v128_t pattern = wasm_i8x16_splat(wanted);
    std::uint64_t mask = 0;
    for (std::uint32_t part = 0; part < 4; ++part)
        mask |= static_cast<std::uint64_t>(wasm_i8x16_bitmask(wasm_i8x16_eq(wasm_v128_load(bytes + part * 16), pattern))) << part * 16;
    return mask;
#elif defined(__SSE2__)
    const __m128i pattern = _mm_set1_epi8(wanted);
    std::uint64_t mask = 0;
    for (std::uint32_t part = 0; part < 4; ++part) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + part * 16));
        mask |= static_cast<std::uint64_t>(static_cast<std::uint16_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(block, pattern)))) << part * 16;
    }
    return mask;
#else
    std::uint64_t mask = 0;
    for (std::uint32_t i = 0; i < block_bytes; ++i) mask |= static_cast<std::uint64_t>(bytes[i] == wanted) << i;
    return mask;
#endif
}

// The same for bytes that aren't ASCII.
std::uint64_t find_beyond_ascii(const char* bytes) {
    std::uint64_t mask = 0;
#if defined(__wasm_simd128__)
    for (std::uint32_t part = 0; part < 4; ++part) mask |= static_cast<std::uint64_t>(wasm_i8x16_bitmask(wasm_v128_load(bytes + part * 16))) << part * 16;
#elif defined(__SSE2__)
    for (std::uint32_t part = 0; part < 4; ++part) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + part * 16));
        mask |= static_cast<std::uint64_t>(static_cast<std::uint16_t>(_mm_movemask_epi8(block))) << part * 16;
    }
#else
    for (std::uint32_t i = 0; i < block_bytes; ++i) mask |= static_cast<std::uint64_t>((bytes[i] & 0x80) != 0) << i;
#endif
    return mask;
}

void note_rare(RareCharacters& rare, std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0; };
    const unsigned next = byte(at + 1), last = byte(at + 2);
    switch (byte(at)) {
        case 0xCC: rare.taken_apart = true; break;
        case 0xCD: rare.taken_apart = rare.taken_apart || next < 0xB0; break;
        case 0xE1: rare.taken_apart = rare.taken_apart || (next >= 0x84 && next <= 0x87); break;
        case 0xE3: rare.taken_apart = rare.taken_apart || (next == 0x82 && (last == 0x99 || last == 0x9A)); break;
        case 0xEF: rare.mark = rare.mark || (next == 0xBB && last == 0xBF); break;
        default: break;
    }
}

// How many rows of a sample have how many cells, for one delimiter.
struct Fit {
    std::uint32_t columns = 0;   // the commonest number of cells
    std::uint32_t rows = 0;      // rows that have it
    std::uint32_t all_rows = 0;
};

Fit fit_delimiter(std::string_view sample, CsvDialect dialect, bool is_whole) {
    constexpr std::uint32_t sample_rows_max = 200;
    CsvReader reader(sample, dialect);
    CsvBlock block;
    Fit fit;
    if (!reader.read(block, sample_rows_max)) return fit;
    std::uint32_t rows = block.rows();
    if (!is_whole && reader.at_end() && rows > 1) --rows;  // the last row may be cut
    fit.all_rows = rows;
    std::vector<std::uint32_t> counts;
    for (std::uint32_t row = 0; row < rows; ++row) counts.push_back(block.cell_count(row));
    std::sort(counts.begin(), counts.end());
    for (std::size_t i = 0, run = 0; i < counts.size(); i += run) {
        run = static_cast<std::size_t>(std::upper_bound(counts.begin() + static_cast<std::ptrdiff_t>(i), counts.end(), counts[i]) -
                                       counts.begin()) - i;
        if (run < fit.rows || (run == fit.rows && counts[i] < fit.columns)) continue;
        fit.rows = static_cast<std::uint32_t>(run);
        fit.columns = counts[i];
    }
    return fit;
}

bool is_lone_return(std::string_view text, std::size_t at) { return text[at] == '\r' && (at + 1 == text.size() || text[at + 1] != '\n'); }

bool has_lone_return(std::string_view text) {
    std::size_t first = text.find('\r');
    while (first != std::string_view::npos && !is_lone_return(text, first)) first = text.find('\r', first + 1);
    return first != std::string_view::npos;
}

// Each LF and each CR without one, but for those in quotes.
template <typename Found>
void each_line_end(std::string_view text, Found found) {
    constexpr std::string_view around = ",;\t|\r\n";
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '"' && quoted) {
            if (i + 1 < text.size() && text[i + 1] == '"') ++i;
            else quoted = i + 1 < text.size() && around.find(text[i + 1]) == std::string_view::npos;
        } else if (c == '"') {
            quoted = i == 0 || around.find(text[i - 1]) != std::string_view::npos;
        } else if (!quoted && (c == '\n' || is_lone_return(text, i))) {
            found(i);
        }
    }
}

bool ends_with_carriage_return(std::string_view sample) {
    if (!has_lone_return(sample)) return false;
    if (sample.find('\n') == std::string_view::npos) return true;
    // Both: Excel for Mac ends lines with CR, and writes LF for those within a cell. What stands in quotes doesn't count.
    std::size_t returns = 0, feeds = 0;
    each_line_end(sample, [&](std::size_t at) { ++(sample[at] == '\n' ? feeds : returns); });
    return returns > feeds;
}

// The part of the first rows that have the same number of cells, over one.
double agreement(std::string_view text) {
    const std::string_view sample = text.substr(0, sample_bytes);
    const Fit fit = fit_delimiter(sample, detect_dialect(text), sample.size() == text.size());
    return fit.columns < 2 ? 0 : static_cast<double>(fit.rows) / fit.all_rows;
}

}  // namespace

CsvDialect detect_dialect(std::string_view text) {
    CsvDialect dialect;
    const std::string_view sample = text.substr(0, sample_bytes);
    const bool is_whole = sample.size() == text.size();
    if (ends_with_carriage_return(sample)) dialect.newline = '\r';
    // Excel's own first line says the delimiter.
    if (sample.size() > 4 && (sample[0] | 0x20) == 's' && (sample[1] | 0x20) == 'e' && (sample[2] | 0x20) == 'p' && sample[3] == '=') {
        const std::size_t end = sample.find(dialect.newline);
        if (end != std::string_view::npos && end <= 6) {
            dialect.delimiter = sample[4];
            dialect.body_offset = static_cast<std::uint32_t>(end + 1);
            return dialect;
        }
    }
    double best = 0;
    for (const char delimiter : {',', ';', '\t', '|'}) {
        CsvDialect candidate = dialect;
        candidate.delimiter = delimiter;
        const Fit fit = fit_delimiter(sample, candidate, is_whole);
        if (fit.all_rows == 0 || fit.columns < 2) continue;
        const double agreement = static_cast<double>(fit.rows) / fit.all_rows;
        // Agreement of the rows decides; more columns break near ties.
        const double score = agreement * agreement * (1 + 0.05 * std::min<std::uint32_t>(fit.columns, 20));
        if (score <= best) continue;
        best = score;
        dialect.delimiter = delimiter;
    }
    return dialect;
}

RareCharacters find_rare_characters(std::string_view text) {
    RareCharacters rare;
    std::size_t at = 0;
    for (; at + block_bytes <= text.size(); at += block_bytes) {
        rare.nul = rare.nul || find_byte(text.data() + at, '\0') != 0;
        for (std::uint64_t found = find_beyond_ascii(text.data() + at); found != 0; found &= found - 1) note_rare(rare, text, at + static_cast<std::size_t>(std::countr_zero(found)));
    }
    for (; at < text.size(); ++at) {
        rare.nul = rare.nul || text[at] == '\0';
        note_rare(rare, text, at);
    }
    return rare;
}

void unite_line_ends(std::string& text) {
    const std::string_view sample = std::string_view(text).substr(0, sample_bytes);
    if (!has_lone_return(sample) || sample.find('\n') == std::string_view::npos) return;
    std::string united = text;
    each_line_end(text, [&](std::size_t at) { united[at] = '\n'; });
    if (agreement(united) > agreement(text)) text = std::move(united);
}

std::uint32_t CsvBlock::number_of(std::uint32_t row) const {
    const auto behind = std::upper_bound(blanks.begin(), blanks.end(), row, [](std::uint32_t at, const Blanks& one) { return at < one.row; });
    return row + 1 + (behind == blanks.begin() ? 0 : (behind - 1)->lines);
}

CsvReader::CsvReader(std::string_view text, CsvDialect dialect) : text_(text), dialect_(dialect), position_(dialect.body_offset) {
    OUTPOST_ASSERT(text.size() < (std::size_t{1} << 31));
}

void CsvReader::load_block(std::uint32_t block) {
    block_ = block;
    const std::size_t begin = static_cast<std::size_t>(block) * block_bytes;
    const char* bytes = text_.data() + begin;
    char padded[block_bytes];
    if (begin + block_bytes > text_.size()) {
        std::memset(padded, 0, sizeof padded);
        if (begin < text_.size()) std::memcpy(padded, bytes, text_.size() - begin);
        bytes = padded;
    }
    separator_mask_ = find_byte(bytes, dialect_.delimiter) | find_byte(bytes, dialect_.newline);
    quote_mask_ = find_byte(bytes, '"');
}

// The next byte at or behind `from` that the mask marks; the end of the text when there is none.
template <std::uint64_t CsvReader::*mask_of>
inline std::uint32_t CsvReader::find_marked(std::uint32_t from) {
    const auto end = static_cast<std::uint32_t>(text_.size());
    std::uint32_t block = from / block_bytes;
    if (from >= end) return end;
    if (block != block_) load_block(block);
    std::uint64_t mask = this->*mask_of & (~std::uint64_t{0} << from % block_bytes);
    while (mask == 0) {
        if (++block * block_bytes >= end) return end;
        load_block(block);
        mask = this->*mask_of;
    }
    return block * block_bytes + static_cast<std::uint32_t>(std::countr_zero(mask));
}

inline std::uint32_t CsvReader::find_separator(std::uint32_t from) { return find_marked<&CsvReader::separator_mask_>(from); }
inline std::uint32_t CsvReader::find_quote(std::uint32_t from) { return find_marked<&CsvReader::quote_mask_>(from); }

// Whether a cell that opens at `begin` and meets a quote lines below runs into the next row, since nobody closed it: its
// own line makes a whole row without what follows, and so does the line of that quote, which opens a cell there.
bool CsvReader::runs_into_row(std::uint32_t index, std::uint32_t begin, std::uint32_t line_end, std::uint32_t quote) const {
    const std::string_view line = text_.substr(begin, line_end - begin);
    if (columns_ < 2 || index + 1 + static_cast<std::size_t>(std::ranges::count(line, dialect_.delimiter)) != columns_) return false;
    const std::string_view next = text_.substr(text_.rfind(dialect_.newline, quote) + 1);
    std::uint32_t cells = 1;
    bool quoted = false;
    for (const char c : next) {
        if (c == dialect_.newline) break;
        quoted = quoted != (c == '"');
        cells += c == dialect_.delimiter && !quoted;
    }
    return cells == columns_;
}

// Reads a cell whose opening quote is at position_, or behind blanks there. A quote closes it only before a delimiter, a
// newline or the end (blanks between are allowed); any other quote inside is a letter, as in "the "big" one". Behind blanks
// it closes on its line and holds no other ones, else it is a letter. `end` is the place of the delimiter or newline
// behind; `index` counts the row's cells so far. False: no quote closes it.
bool CsvReader::read_quoted(std::uint32_t index, CsvCell& cell, std::uint32_t& end) {
    const auto text_end = static_cast<std::uint32_t>(text_.size());
    std::uint32_t begin = position_;
    while (begin < text_end && text_[begin] == ' ') ++begin;
    const bool is_apart = begin > position_;
    if (begin == text_end || text_[begin++] != '"') return false;
    const auto count_unclosed = [&] {
        if (unclosed_quotes_++ == 0) first_unclosed_quote_ = position_;
    };
    const auto find_line_end = [&] { return static_cast<std::uint32_t>(std::min<std::size_t>(text_.find(dialect_.newline, begin), text_end)); };
    // Already known that an opening quote before finds no end up to there: look no further than this line.
    const std::uint32_t limit = is_apart || begin < searched_for_close_ ? find_line_end() : text_end;
    bool doubled = false, any_stray = false, is_checked = false;
    std::uint32_t line_end = text_end;
    for (std::uint32_t quote = find_quote(begin); quote < limit; quote = find_quote(quote + 1)) {
        if (quote + 1 < text_end && text_[quote + 1] == '"') {
            doubled = true;
            ++quote;
            continue;
        }
        std::uint32_t behind = quote + 1;
        while (behind < text_end && text_[behind] == ' ') ++behind;
        if (behind < text_end && text_[behind] == '\r' && dialect_.newline == '\n') ++behind;
        if (behind < text_end && text_[behind] != dialect_.delimiter && text_[behind] != dialect_.newline) {
            if (is_apart) return false;
            if (!any_stray) line_end = find_line_end();
            any_stray = true;
            const bool may_open = text_[quote - 1] == dialect_.delimiter || text_[quote - 1] == dialect_.newline;
            if (is_checked || quote < line_end || !may_open) continue;
            is_checked = true;
            if (!runs_into_row(index, begin, line_end, quote)) continue;
            searched_for_close_ = std::max(searched_for_close_, line_end);
            count_unclosed();
            return false;
        }
        if (any_stray && line_end < quote) count_unclosed();
        cell.offset = begin;
        cell.length = quote - begin;
        cell.doubled = doubled;
        end = behind;
        return true;
    }
    if (is_apart) return false;
    searched_for_close_ = std::max(searched_for_close_, limit);
    count_unclosed();
    return false;
}

Status CsvReader::read_row(CsvBlock& block) {
    const auto text_end = static_cast<std::uint32_t>(text_.size());
    const std::size_t first_cell = block.cells.size();
    block.row_offsets.push_back(position_);
    while (true) {
        CsvCell cell;
        std::uint32_t end = 0;
        const bool may_be_quoted = position_ < text_end && (text_[position_] | 2) == '"';   // a quote or a blank
        if (!(may_be_quoted && read_quoted(static_cast<std::uint32_t>(block.cells.size() - first_cell), cell, end))) {
            end = find_separator(position_);
            std::uint32_t value_end = end;
            if (value_end > position_ && text_[value_end - 1] == '\r' && (end == text_end || text_[end] == '\n')) --value_end;
            cell.offset = position_;
            cell.length = value_end - position_;
        }
        if (cell.length > csv_cell_bytes_max || block.cells.size() - first_cell >= csv_columns_max) {
            const bool too_long = cell.length > csv_cell_bytes_max;
            Error error{ErrorCode::InvalidFile, too_long ? "import.cell_too_long" : "import.too_many_columns", {}};
            const auto line = std::count(text_.begin(), text_.begin() + cell.offset, dialect_.newline) + 1;
            error.arguments = {std::to_string(line), std::to_string(too_long ? csv_cell_bytes_max >> 20 : csv_columns_max)};
            error.position = static_cast<int>(cell.offset);
            return fail(std::move(error));
        }
        block.cells.push_back(cell);
        position_ = end + 1;
        if (end >= text_end || text_[end] != dialect_.delimiter) break;
    }
    position_ = std::min(position_, text_end);
    const auto first = block.cells.begin() + static_cast<std::ptrdiff_t>(first_cell);
    const bool blank = first->length == 0 && (block.cells.size() - first_cell == 1 ||
                                              (dialect_.skip_empty_rows && std::all_of(first, block.cells.end(), [](const CsvCell& cell) { return cell.length == 0; })));
    if (blank) {
        block.cells.resize(first_cell);
        block.row_offsets.pop_back();
        if (block.blanks.empty() || block.blanks.back().row != block.rows())
            block.blanks.push_back({block.rows(), block.blanks.empty() ? 0 : block.blanks.back().lines});
        ++block.blanks.back().lines;
    } else {
        block.row_ends.push_back(static_cast<std::uint32_t>(block.cells.size()));
        if (columns_ == 0) columns_ = static_cast<std::uint32_t>(block.cells.size() - first_cell);
    }
    return {};
}

Status CsvReader::read(CsvBlock& block, std::uint32_t rows_max) {
    const std::uint64_t rows_end = std::uint64_t{block.rows()} + rows_max;
    while (!at_end() && block.rows() < rows_end) {
        if (auto status = read_row(block); !status) return status;
    }
    return {};
}

std::string_view cell_text(std::string_view text, CsvCell cell, std::string& scratch) {
    const std::string_view raw = text.substr(cell.offset, cell.length);
    if (!cell.doubled) return raw;
    scratch.clear();
    for (std::size_t from = 0; from < raw.size();) {
        const std::size_t quote = raw.find('"', from), end = quote == std::string_view::npos ? raw.size() : quote + 1;
        scratch += raw.substr(from, end - from);
        from = end + (end < raw.size() && quote != std::string_view::npos && raw[end] == '"');
    }
    return scratch;
}

void append_csv_cell(std::string& out, std::string_view value, char delimiter) {
    bool quoted = !value.empty() && (value.front() == ' ' || value.back() == ' ');
    for (char c : value) quoted = quoted || c == delimiter || c == '"' || c == '\n' || c == '\r';
    if (!quoted) {
        out += value;
        return;
    }
    out += '"';
    for (char c : value) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

void append_spreadsheet_cell(std::string& out, std::string_view value) {
    constexpr std::string_view beginnings("=+-@\t\r\0", 7);
    const bool runs = !value.empty() && beginnings.contains(value[0]) && !parse_decimal(value);
    append_csv_cell(out, runs ? "'" + std::string(value) : std::string(value));
}

}  // namespace outpost
