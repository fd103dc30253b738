// ImportSource: one CSV file on its way in: decoded, cut into cells, its header found and its columns looked at. It is
// prepared in slices; then it is only read. Called by: transfer (plan, import), ui (import wizard).
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/job.h"
#include "core/transfer/csv.h"
#include "core/transfer/inference.h"

namespace outpost {

struct ImportSourceOptions {
    std::string encoding;                          // "" detects
    char delimiter = '\0';                         // '\0' detects
    std::optional<bool> has_header;                // whether the first row names the columns; none: judged by what it holds
    char decimal_sign = '\0';                      // of numbers that leave it open ("1,234"); '\0' judges
    std::optional<DateOrder> date_order;           // what the person says
    DateOrder usual_date_order = DateOrder::MonthFirst;  // where the dates themselves don't tell (the person's language)
};

inline constexpr std::uint32_t import_cells_max = 60'000'000;

class ImportSource final : public Job {
public:
    // `decoder` may be null (see decode_text) and is used in the first step only; `clock` must stay.
    ImportSource(std::string bytes, ImportSourceOptions options, TextDecoder* decoder, Clock& clock);
    ~ImportSource() override;

    Status step(std::int64_t budget_microseconds) override;
    bool is_done() const override;
    double progress() const override;
    std::string_view phase_key() const override;
    void cancel() override;

    // All below only when it is done.
    const std::vector<std::string>& headers() const { return headers_; }   // never empty texts; all different
    std::uint32_t row_count() const;                                       // data rows, without the header
    std::uint32_t column_count() const { return static_cast<std::uint32_t>(headers_.size()); }
    // Blank-trimmed; valid until the next call with the same scratch. "" where the row is short.
    std::string_view cell(std::uint32_t row, std::uint32_t column, std::string& scratch) const { return raw_cell(first_row_ + row, column, scratch); }
    // Has more filled cells than the header has columns.
    bool is_too_wide(std::uint32_t row) const { return cell_count(row) > column_count() && fills_more_columns(row); }
    // Names the columns once more, as where several files were put into one.
    bool repeats_header(std::uint32_t row) const { return !header_rows_.empty() && std::ranges::binary_search(header_rows_, row); }
    bool is_no_record(std::uint32_t row) const { return is_too_wide(row) || repeats_header(row); }
    std::uint32_t cell_count(std::uint32_t row) const { return block_.cell_count(first_row_ + row); }
    // The row as it stands in the file, without its line end.
    std::string_view row_text(std::uint32_t row) const;
    // Where a person finds the row in a spreadsheet: from 1, with titles, header and blank lines counted.
    std::uint32_t row_number(std::uint32_t row) const;

    const std::vector<ColumnProfile>& columns() const;
    const DateOrderFinding& date_order() const;
    const CsvDialect& dialect() const { return dialect_; }
    const std::string& encoding() const { return encoding_; }
    bool encoding_is_guessed() const { return encoding_guessed_; }
    bool has_header() const { return has_header_; }
    std::uint64_t replaced_characters() const { return replaced_characters_; }
    std::uint64_t removed_nul_characters() const { return removed_nul_characters_; }
    std::uint32_t first_replaced_row() const;                              // as row_number(); when there is one
    std::uint32_t short_rows() const { return short_rows_; }
    std::uint32_t wide_rows() const { return wide_rows_; }
    std::uint64_t unclosed_quotes() const { return reader_ ? reader_->unclosed_quotes() : 0; }
    std::uint32_t first_unclosed_quote_row() const;                        // as row_number(); when there is one
    std::string header_line() const;                                       // the header as CSV, for the file of bad rows

private:
    enum class Phase : std::uint8_t { Decode, Parse, Infer, Done, Cancelled };

    Status decode();
    Status parse(SliceTimer& timer);
    void leave_out_footer();
    void find_header();
    std::uint32_t padded_titles(std::uint32_t from, std::uint32_t looked_at) const;
    bool first_row_is_header(std::uint32_t row) const;
    bool names_columns(std::uint32_t row) const;
    std::uint32_t row_number_at(std::size_t offset) const;
    void infer(SliceTimer& timer);
    bool fills_more_columns(std::uint32_t row) const;
    std::string_view raw_cell(std::uint32_t block_row, std::uint32_t column, std::string& scratch) const;
    std::string_view unusual_cell(CsvCell cell, std::string& scratch) const;

    std::string text_;
    ImportSourceOptions options_;
    TextDecoder* decoder_;
    Clock& clock_;
    Phase phase_ = Phase::Decode;
    CsvDialect dialect_;
    std::unique_ptr<CsvReader> reader_;
    CsvBlock block_;
    std::uint32_t first_row_ = 0;      // of the block: the first data row
    bool has_header_ = true;
    std::vector<std::string> headers_;
    std::unique_ptr<FileInference> inference_;
    std::uint32_t inferred_rows_ = 0;
    std::vector<std::uint32_t> header_rows_;   // data rows that repeat the header, ascending
    std::string encoding_;
    bool encoding_guessed_ = false;
    std::uint64_t replaced_characters_ = 0, removed_nul_characters_ = 0;
    std::uint32_t short_rows_ = 0, wide_rows_ = 0;
};

// Here, since an import asks for every cell several times. Nearly all cells stand as they are: nothing to trim, no mark
// that keeps digits as text, no doubled quotes.
inline std::string_view ImportSource::raw_cell(std::uint32_t block_row, std::uint32_t column, std::string& scratch) const {
    const std::uint32_t at = block_.first_cell(block_row) + column;
    if (at >= block_.row_ends[block_row]) return {};
    const CsvCell cell = block_.cells[at];
    if (cell.length == 0) return {};
    const char first = text_[cell.offset], last = text_[cell.offset + cell.length - 1];
    const auto is_plain = [](char c) { return static_cast<unsigned char>(c - '!') < 0x80 - '!'; };
    if (cell.doubled || !is_plain(first) || !is_plain(last) || first == '=' || first == '\'') return unusual_cell(cell, scratch);
    return {text_.data() + cell.offset, cell.length};
}

}  // namespace outpost
