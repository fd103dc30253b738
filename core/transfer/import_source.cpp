#include "core/transfer/import_source.h"

#include <algorithm>
#include <map>

#include "core/base/text.h"
#include "core/base/utf8.h"
#include "core/transfer/encoding.h"

namespace outpost {

namespace {

constexpr std::uint32_t rows_per_slice = 4096;

// ="0049301": a formula that programs write so that Excel keeps the digits as they are. Any other formula stays.
std::string_view without_text_marker(std::string_view value, std::string& scratch) {
    if (value.size() < 3 || value[1] != '"' || value.back() != '"') return value;
    const std::string_view inside = value.substr(2, value.size() - 3);
    if (inside.find('"') == std::string_view::npos) return trim(inside);
    std::string text;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        if (inside[i] == '"' && (++i == inside.size() || inside[i] != '"')) return value;
        text += inside[i];
    }
    scratch = std::move(text);
    return trim(scratch);
}

// '0049301, '+49 30: digits behind the apostrophe that Excel takes for "as it stands". '=SUM(1): as exports guard what a
// spreadsheet would run (append_spreadsheet_cell).
bool is_kept_as_text(std::string_view value) {
    if (value.size() > 1 && value[0] == '\'' && std::string_view("=+-@").contains(value[1])) return true;
    return value.starts_with('\'') && value.find_first_not_of("0123456789+-.,/()% ", 1) == std::string_view::npos && value.find_first_of("0123456789") != std::string_view::npos;
}

// A byte order mark within begins the next of several files that were put into one, and Ctrl-Z was DOS's end of a text.
void leave_out_marks(std::string& text, bool has_marks) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (std::size_t end = has_marks ? text.find(mark) : std::string::npos; end != std::string::npos) {
        for (std::size_t from = end; from < text.size();) {
            const std::size_t begin = from + mark.size(), next = std::min(text.find(mark, begin), text.size());
            std::copy(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(next), text.begin() + static_cast<std::ptrdiff_t>(end));
            end += next - begin;
            from = next;
        }
        text.resize(end);
    }
    const std::size_t last = text.find_last_not_of("\x1A\r\n") + 1;
    if (text.find('\x1A', last) != std::string::npos) text.resize(last);
}

}  // namespace

ImportSource::ImportSource(std::string bytes, ImportSourceOptions options, TextDecoder* decoder, Clock& clock)
    : text_(std::move(bytes)), options_(std::move(options)), decoder_(decoder), clock_(clock) {}
ImportSource::~ImportSource() = default;

bool ImportSource::is_done() const { return phase_ == Phase::Done; }

double ImportSource::progress() const {
    switch (phase_) {
        case Phase::Decode: return 0;
        case Phase::Parse: return 0.1 + 0.4 * (text_.empty() ? 1 : static_cast<double>(reader_->offset()) / static_cast<double>(text_.size()));
        case Phase::Infer: return 0.5 + 0.5 * (row_count() == 0 ? 1 : static_cast<double>(inferred_rows_) / row_count());
        default: return 1;
    }
}

std::string_view ImportSource::phase_key() const {
    return phase_ == Phase::Infer ? "import.phase.columns" : "import.phase.reading";
}

void ImportSource::cancel() {
    phase_ = Phase::Cancelled;
    text_ = {};
    block_ = {};
}

Status ImportSource::step(std::int64_t budget_microseconds) {
    SliceTimer timer(clock_, budget_microseconds);
    if (phase_ == Phase::Cancelled) return fail(ErrorCode::Cancelled, "import.cancelled");
    if (phase_ == Phase::Decode) OUTPOST_CHECK(decode());
    if (phase_ == Phase::Parse) OUTPOST_CHECK(parse(timer));
    if (phase_ == Phase::Infer) infer(timer);
    return {};
}

Status ImportSource::decode() {
    OUTPOST_TRY(DecodedText decoded, decode_text(std::move(text_), options_.encoding, decoder_));
    text_ = std::move(decoded.text);
    if (text_.size() > import_file_bytes_max)
        return fail(ErrorCode::InvalidFile, "import.file_too_large", {std::to_string(text_.size() >> 20), std::to_string(import_file_bytes_max >> 20)});
    encoding_ = std::move(decoded.encoding);
    encoding_guessed_ = decoded.guessed;
    replaced_characters_ = decoded.replaced_characters;
    removed_nul_characters_ = decoded.removed_nul_characters;
    leave_out_marks(text_, decoded.has_inner_mark);
    unite_line_ends(text_);
    dialect_ = detect_dialect(text_);
    if (options_.delimiter != '\0') dialect_.delimiter = options_.delimiter;
    dialect_.skip_empty_rows = true;
    reader_ = std::make_unique<CsvReader>(text_, dialect_);
    phase_ = Phase::Parse;
    return {};
}

Status ImportSource::parse(SliceTimer& timer) {
    do {
        OUTPOST_CHECK(reader_->read(block_, rows_per_slice));
        if (block_.cells.size() > import_cells_max)
            return fail(ErrorCode::InvalidFile, "import.too_many_cells", {std::to_string(import_cells_max / 1'000'000)});
        if (block_.rows() == rows_per_slice && !reader_->at_end()) {
            // The rest will be much like the beginning: room for it at once.
            const double factor = 1.1 * static_cast<double>(text_.size()) / reader_->offset();
            block_.cells.reserve(std::min<std::size_t>(static_cast<std::size_t>(static_cast<double>(block_.cells.size()) * factor), import_cells_max));
            block_.row_ends.reserve(static_cast<std::size_t>(block_.rows() * factor));
            block_.row_offsets.reserve(static_cast<std::size_t>(block_.rows() * factor));
        }
    } while (!reader_->at_end() && !timer.is_over());
    if (!reader_->at_end()) return {};
    find_header();
    inference_ = std::make_unique<FileInference>(headers_, dialect_.delimiter);
    phase_ = Phase::Infer;
    return {};
}

std::string_view ImportSource::unusual_cell(CsvCell cell, std::string& scratch) const {
    const std::string_view value = trim(cell_text(text_, cell, scratch));
    if (value.starts_with('=')) return without_text_marker(value, scratch);
    return is_kept_as_text(value) ? value.substr(1) : value;
}

// A first row that already holds data (addresses, dates, mostly numbers) is no header.
bool ImportSource::first_row_is_header(std::uint32_t row) const {
    std::string scratch;
    std::uint32_t numbers = 0, filled = 0;
    for (std::uint32_t column = 0; column < block_.cell_count(row); ++column) {
        const std::string_view value = raw_cell(row, column, scratch);
        if (value.empty()) continue;
        ++filled;
        if (looks_like_email(value) || scan_date(value).shape != DateScan::Shape::None) return false;
        numbers += scan_number(value).hint != NumberHint::NotNumber;
    }
    return filled == 0 || numbers * 2 < filled;
}

// Salesforce's reports end with lines about themselves: their name, copyright, confidentiality, who made them.
void ImportSource::leave_out_footer() {
    std::uint32_t end = block_.rows();
    bool is_footer = false;
    std::string scratch;
    while (end > 1 && block_.rows() - end < 10 && block_.cell_count(end - 1) == 1) is_footer = raw_cell(--end, 0, scratch).starts_with("Copyright (c)") || is_footer;
    if (!is_footer) return;
    text_.resize(block_.row_offsets[end]);
    block_.cells.resize(block_.first_cell(end));
    block_.row_ends.resize(end);
    block_.row_offsets.resize(end);
}

// Titles filled up with delimiters: rows of one filled cell over a header, in a table whose rows fill several; or of a name
// and its value ("Date:,2026-11-28,").
std::uint32_t ImportSource::padded_titles(std::uint32_t from, std::uint32_t looked_at) const {
    std::string scratch;
    std::vector<std::uint32_t> filled(looked_at);
    for (std::uint32_t row = 0; row < looked_at; ++row)
        for (std::uint32_t column = 0; column < block_.cell_count(row); ++column) filled[row] += !raw_cell(row, column, scratch).empty();
    std::uint32_t row = from;
    bool has_values = false;
    for (; row < looked_at; ++row) {
        const bool is_value = filled[row] == 2 && raw_cell(row, 0, scratch).ends_with(':');
        // The last column alone is named where a program left the column of row numbers without a name.
        if (!is_value && (filled[row] != 1 || (block_.cell_count(row) == 2 && raw_cell(row, 0, scratch).empty()))) break;
        has_values = has_values || is_value;
    }
    if (row == from || row == looked_at || filled[row] < (has_values ? 3u : 2u) || !first_row_is_header(row)) return 0;
    std::ranges::nth_element(filled, filled.begin() + looked_at / 2);
    return filled[looked_at / 2] > 1 ? row - from : 0;
}

void ImportSource::find_header() {
    leave_out_footer();
    const std::uint32_t rows = block_.rows();
    if (rows == 0) return;
    // Some reports put a title above the header: rows of one cell over a table of several.
    const std::uint32_t looked_at = std::min<std::uint32_t>(rows, 100);
    std::vector<std::uint32_t> counts;
    for (std::uint32_t row = 0; row < looked_at; ++row) counts.push_back(block_.cell_count(row));
    std::nth_element(counts.begin(), counts.begin() + static_cast<std::ptrdiff_t>(counts.size() / 2), counts.end());
    const std::uint32_t usual = counts[counts.size() / 2];
    std::uint32_t header_row = 0;
    while (usual > 1 && header_row + 1 < looked_at && block_.cell_count(header_row) == 1) ++header_row;
    if (usual > 1 && options_.has_header.value_or(true)) header_row += padded_titles(header_row, looked_at);
    has_header_ = options_.has_header.value_or(first_row_is_header(header_row));
    first_row_ = header_row + (has_header_ ? 1 : 0);
    const std::uint32_t columns = has_header_ ? block_.cell_count(header_row) : usual;
    std::string scratch;
    std::map<std::string, int> copies;  // how often each name stood before
    for (std::uint32_t column = 0; column < columns; ++column) {
        std::string name(has_header_ ? raw_cell(header_row, column, scratch) : std::string_view());
        if (name.empty()) name = "Column " + std::to_string(column + 1);
        const std::string wanted = name;
        while (copies.contains(name)) name = wanted + " (" + std::to_string(++copies[wanted]) + ")";
        copies[name] = 1;
        headers_.push_back(std::move(name));
    }
}

void ImportSource::infer(SliceTimer& timer) {
    std::string scratch;
    const std::uint32_t rows = row_count(), columns = column_count();
    do {
        const std::uint32_t end = std::min(rows, inferred_rows_ + rows_per_slice / 4);
        for (std::uint32_t row = inferred_rows_; row < end; ++row) {
            short_rows_ += cell_count(row) < columns;
            wide_rows_ += is_too_wide(row);
            if (names_columns(row)) header_rows_.push_back(row);
        }
        for (std::uint32_t column = 0; column < columns; ++column) {
            ColumnScanner& scanner = inference_->column(column);
            for (std::uint32_t row = inferred_rows_; row < end; ++row) {
                // A row with too many cells is a bad row: its values stand in wrong columns.
                if (repeats_header(row) || (cell_count(row) > columns && is_too_wide(row))) continue;
                scanner.add(raw_cell(first_row_ + row, column, scratch), row);
            }
        }
        inferred_rows_ = end;
    } while (inferred_rows_ < rows && !timer.is_over());
    if (inferred_rows_ < rows) return;
    inference_->finish(options_.date_order, options_.usual_date_order, options_.decimal_sign);
    phase_ = Phase::Done;
}

// One name alone may well be a value.
bool ImportSource::names_columns(std::uint32_t row) const {
    if (!has_header_ || first_row_ == 0) return false;
    const auto first_length = [&](std::uint32_t block_row) { return block_.cell_count(block_row) > 0 ? block_.cells[block_.first_cell(block_row)].length : 0; };
    if (first_length(first_row_ - 1) != first_length(first_row_ + row)) return false;   // nearly all rows
    std::string here, there;
    int names = 0;
    for (std::uint32_t column = 0; column < column_count(); ++column) {
        const std::string_view name = raw_cell(first_row_ - 1, column, there);
        if (name != raw_cell(first_row_ + row, column, here)) return false;
        names += !name.empty();
    }
    return names > 1;
}

std::uint32_t ImportSource::row_count() const { return block_.rows() - std::min(block_.rows(), first_row_); }

bool ImportSource::fills_more_columns(std::uint32_t row) const {
    const std::uint32_t columns = column_count(), count = cell_count(row);
    std::string scratch;
    for (std::uint32_t column = columns; column < count; ++column)
        if (!raw_cell(first_row_ + row, column, scratch).empty()) return true;
    return false;
}

std::string_view ImportSource::row_text(std::uint32_t row) const {
    const std::uint32_t block_row = first_row_ + row;
    const std::uint32_t begin = block_.row_offsets[block_row];
    const CsvCell last = block_.cells[block_.row_ends[block_row] - 1];
    const std::size_t end = std::min(text_.find(dialect_.newline, last.offset + last.length), text_.size());
    std::string_view line = std::string_view(text_).substr(begin, end - begin);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    return line;
}

std::uint32_t ImportSource::row_number(std::uint32_t row) const {
    return block_.number_of(first_row_ + row) + (dialect_.body_offset > 0 ? 1 : 0);  // "sep=;" is a row too
}

std::uint32_t ImportSource::row_number_at(std::size_t offset) const {
    const auto behind = std::ranges::upper_bound(block_.row_offsets, offset);
    const auto row = static_cast<std::uint32_t>(behind - block_.row_offsets.begin());
    return block_.number_of(row == 0 ? 0 : row - 1) + (dialect_.body_offset > 0 ? 1 : 0);
}

std::uint32_t ImportSource::first_unclosed_quote_row() const { return row_number_at(reader_->first_unclosed_quote()); }
std::uint32_t ImportSource::first_replaced_row() const { return row_number_at(text_.find(utf8::replacement_text)); }

const std::vector<ColumnProfile>& ImportSource::columns() const { return inference_->columns(); }
const DateOrderFinding& ImportSource::date_order() const { return inference_->date_order(); }

std::string ImportSource::header_line() const {
    std::string line;
    for (std::size_t i = 0; i < headers_.size(); ++i) {
        if (i > 0) line += dialect_.delimiter;
        append_csv_cell(line, headers_[i], dialect_.delimiter);
    }
    return line;
}

}  // namespace outpost
