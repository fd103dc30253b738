// Reading CSV as real files have it: RFC 4180, and beyond it other delimiters, lone CR or LF, stray and unclosed
// quotes, ragged rows. Reads blocks of rows without copying: a cell is a place in the text.
// Invariant: cells lie in the order of the file; reading is linear in the text, whatever the quotes.
// Called by: transfer (inference, import).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace outpost {

inline constexpr std::uint32_t csv_columns_max = 4096;
inline constexpr std::uint32_t csv_cell_bytes_max = 4u << 20;

struct CsvDialect {
    char delimiter = ',';
    char newline = '\n';            // '\r' where lines end so (line feeds may stand in quotes); a CR before a LF belongs to it
    bool skip_empty_rows = false;   // rows of empty cells (",,,") are blank lines, too: spreadsheets leave them behind
    std::uint32_t body_offset = 0;  // where the header begins: behind "sep=;" and blank lines
};

// What files seldom hold and readers look for, found in one pass over a UTF-8 text. `taken_apart`: an accent, a part of a
// Korean syllable or a Japanese voice mark that is a character of its own (U+0300 to U+036F, U+1100 to U+11FF, U+3099, U+309A).
struct RareCharacters {
    bool nul = false, mark = false /* U+FEFF */, taken_apart = false;
};
RareCharacters find_rare_characters(std::string_view text);

// From the first rows. The delimiter is the one that cuts most rows into the same number (over one) of cells.
CsvDialect detect_dialect(std::string_view text);
// Lines that end in CR here and in LF there end in LF then, where the first rows so agree better in their number of cells.
void unite_line_ends(std::string& text);

struct CsvCell {
    std::uint32_t offset = 0;
    std::uint32_t length : 31 = 0;   // bytes between the quotes
    std::uint32_t doubled : 1 = 0;   // holds doubled quotes
};

struct CsvBlock {
    std::vector<CsvCell> cells;
    std::vector<std::uint32_t> row_ends;   // index into cells behind each row's last cell
    std::vector<std::uint32_t> row_offsets;  // where each row begins in the text
    struct Blanks { std::uint32_t row, lines; };
    std::vector<Blanks> blanks;            // before which rows there are blank lines, and how many up to there in all

    std::uint32_t rows() const { return static_cast<std::uint32_t>(row_ends.size()); }
    std::uint32_t first_cell(std::uint32_t row) const { return row == 0 ? 0 : row_ends[row - 1]; }
    std::uint32_t cell_count(std::uint32_t row) const { return row_ends[row] - first_cell(row); }
    std::uint32_t number_of(std::uint32_t row) const;  // as a spreadsheet counts: from 1, blank lines too
};

class CsvReader {
public:
    // `text` must stay; it is below 2 GiB.
    CsvReader(std::string_view text, CsvDialect dialect);

    // Appends up to `rows_max` rows to `block`; blank lines are skipped.
    // INVALID_FILE with the position: a row of too many columns, or a cell too long.
    Status read(CsvBlock& block, std::uint32_t rows_max);
    std::uint32_t offset() const { return position_; }
    bool at_end() const { return position_ >= text_.size(); }
    // Quotes taken as letters since none closed them, or in cells of several lines, where rows may have run together.
    std::uint64_t unclosed_quotes() const { return unclosed_quotes_; }
    std::uint32_t first_unclosed_quote() const { return first_unclosed_quote_; }  // where in the text the first of them is

private:
    Status read_row(CsvBlock& block);
    bool read_quoted(std::uint32_t index, CsvCell& cell, std::uint32_t& end);
    bool runs_into_row(std::uint32_t index, std::uint32_t begin, std::uint32_t line_end, std::uint32_t quote) const;
    template <std::uint64_t CsvReader::*mask_of>
    std::uint32_t find_marked(std::uint32_t from);
    std::uint32_t find_separator(std::uint32_t from);
    std::uint32_t find_quote(std::uint32_t from);
    void load_block(std::uint32_t block);

    std::string_view text_;
    CsvDialect dialect_;
    std::uint32_t position_ = 0;
    std::uint32_t columns_ = 0;                // cells of the first row
    std::uint32_t searched_for_close_ = 0;     // no quote closes a cell between an earlier opening one and here
    std::uint64_t unclosed_quotes_ = 0;
    std::uint32_t first_unclosed_quote_ = 0;
    std::uint32_t block_ = 0xFFFF'FFFF;        // number of the 64-byte block that the masks describe
    std::uint64_t separator_mask_ = 0;         // bit i: byte i of the block is a delimiter or newline
    std::uint64_t quote_mask_ = 0;
};

// A cell's text; `scratch` holds it when doubled quotes had to be undone.
std::string_view cell_text(std::string_view text, CsvCell cell, std::string& scratch);

// One value as a CSV field: quoted when it holds the delimiter, a quote, CR or LF, or begins or ends with a blank.
void append_csv_cell(std::string& out, std::string_view value, char delimiter = ',');
// As append_csv_cell, for files that people open: spreadsheets run a cell that begins with = + - @ TAB CR or NUL as a formula,
// so such text gets a ' before it (OWASP ASVS 5.0, 1.2.10), which import takes away again; numbers stay.
void append_spreadsheet_cell(std::string& out, std::string_view value);

}  // namespace outpost
