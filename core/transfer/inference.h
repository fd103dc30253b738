// Inference: what the columns of a file hold, found by looking at every value: types, number style, order of day and
// month (decided once for the file), unset markers, candidates for picklists and ids. Each finding carries its reason
// and a sample, since a person is shown it and may decide otherwise.
// Called by: transfer (ImportSource).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/objects/field.h"
#include "core/transfer/value_text.h"

namespace outpost {

struct ValueCount {
    std::string value;
    std::uint32_t count = 0;
};

struct ColumnProfile {
    std::string header;
    FieldType type = FieldType::Text;      // the type that a new field for it would get
    bool is_id = false;                    // every value differs, and the header says that it identifies the record
    bool is_line_number = false;           // counts the rows of the file, and identifies nothing
    std::uint32_t filled = 0;
    std::uint32_t empty = 0;               // blank cells; unset markers are in `unset`
    std::uint32_t unset = 0;
    std::uint32_t longest_bytes = 0;
    NumberStyle number_style;
    bool number_style_certain = true;
    std::uint8_t decimals = 0;             // of the number with most of them
    std::vector<ValueCount> currencies;    // signs and codes in its values
    bool has_time = false;
    bool is_serial_date = false;           // Excel day counts
    bool is_duration = false;              // "00:05:32", "5 min": a number of seconds
    bool is_time = false;                  // times of day without a date
    std::int64_t bare_milliseconds = 60'000;  // of a number of a column of durations that names no unit
    std::optional<DateOrder> date_order;   // its own, where the columns of a file differ in it
    bool dots_are_day_first = false;       // "01.02.2026" among dates of other forms
    std::vector<ValueCount> values;        // different values, commonest first; only when values_complete
    bool values_complete = false;          // there are at most distinct_values_max
    std::vector<std::string> samples;      // the first few different values
    std::vector<std::string> unset_markers;  // "NULL", "Select": offered to be read as empty
    std::uint32_t misfits = 0;             // filled cells that are not of `type`
    std::uint32_t first_misfit_row = 0;    // data row, from 0
    std::string misfit_sample;
    std::string reason_key;                // why this type: message key and arguments
    std::vector<std::string> reason_arguments;
};

inline constexpr std::uint32_t distinct_values_max = 1000;

// The order of day and month in the whole file; columns that prove another one, each for itself, have their own.
struct DateOrderFinding {
    DateOrder order = DateOrder::MonthFirst;
    bool is_needed = false;      // some column has dates that depend on it
    bool is_certain = false;     // some date allows only this order
    bool is_given = false;       // a person said it
    bool is_mixed = false;       // dates for both orders: the person must decide
    std::string sample, opposite_sample;      // a date that proves the order; one that contradicts
    std::uint32_t sample_row = 0, opposite_row = 0;
    std::string column, opposite_column;
};

// Looks at the values of one column, one by one.
class ColumnScanner {
public:
    explicit ColumnScanner(std::string header);
    ~ColumnScanner();
    ColumnScanner(ColumnScanner&&) noexcept;

    void add(std::string_view value, std::uint32_t row);

private:
    friend class FileInference;
    struct State;
    std::unique_ptr<State> state_;
};

// All columns of a file: add every value, then finish.
class FileInference {
public:
    FileInference(const std::vector<std::string>& headers, char delimiter);
    ColumnScanner& column(std::size_t index) { return scanners_[index]; }
    // `given_order` overrides what the dates say; `usual_order` is taken when they say nothing.
    // `given_decimal`, if not '\0', is the decimal sign where the numbers don't tell.
    void finish(std::optional<DateOrder> given_order, DateOrder usual_order, char given_decimal);
    const std::vector<ColumnProfile>& columns() const { return profiles_; }
    const DateOrderFinding& date_order() const { return date_order_; }

private:
    void decide_date_order(std::optional<DateOrder> given_order, DateOrder usual_order);
    bool decide_by_column();
    void decide_number_styles(char given_decimal);

    std::vector<ColumnScanner> scanners_;
    std::vector<ColumnProfile> profiles_;
    DateOrderFinding date_order_;
    char delimiter_;
};

}  // namespace outpost
