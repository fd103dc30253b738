#include "core/query/columns_answer.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

#include "core/query/group_condition.h"
#include "core/query/json_cells.h"

namespace outpost {

namespace {

enum class Kind : std::uint32_t { Text = 1, Number, Date, DateTime, Flag, Dictionary, Json, Parent };

constexpr std::size_t header_bytes = 32, column_bytes = 32;
constexpr std::uint32_t flag_grouped = 1, flag_count_only = 2;

double number_of(std::int64_t units, std::uint8_t scale) {
    static constexpr double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
    // As to_double(), without a call.
    constexpr std::int64_t exact = std::int64_t{1} << 53;
    if (units > -exact && units < exact) return static_cast<double>(units) / powers[scale];
    return to_double(Decimal{units, scale});
}

class Buffer {
public:
    explicit Buffer(std::size_t columns) : bytes_(header_bytes + columns * column_bytes) {}
    void put_u32(std::size_t at, std::size_t value) {
        const auto small = static_cast<std::uint32_t>(value);
        std::memcpy(bytes_.data() + at, &small, sizeof small);
    }
    void move_u32(std::size_t at, std::size_t by) {
        std::uint32_t value = 0;
        std::memcpy(&value, bytes_.data() + at, sizeof value);
        put_u32(at, value + by);
    }
    std::size_t add(const void* data, std::size_t size) {
        bytes_.resize((bytes_.size() + 7) / 8 * 8);
        const std::size_t at = bytes_.size();
        bytes_.resize(at + size);
        if (size > 0) std::memcpy(bytes_.data() + at, data, size);
        return at;
    }
    std::vector<std::uint8_t> take() {
        bytes_.resize((bytes_.size() + 7) / 8 * 8);
        return std::move(bytes_);
    }

private:
    std::vector<std::uint8_t> bytes_;
};

// Where a text begins and ends is counted as a page's strings count: in UTF-16.
struct Texts {
    std::vector<std::uint32_t> starts{0};
    std::string bytes;
    void add(std::string_view text) {
        bytes += text;
        std::uint32_t units = 0;
        for (const char byte : text) units += static_cast<signed char>(byte) >= -0x40 ? 1 + (static_cast<unsigned char>(byte) >= 0xF0) : 0;
        starts.push_back(starts.back() + units);
    }
};

class ColumnsWriter {
public:
    ColumnsWriter(std::size_t rows, std::size_t total, std::size_t columns, std::uint32_t flags, std::string_view type) : buffer_(columns), rows_(rows) {
        buffer_.put_u32(0, 0x3143'504Fu);
        buffer_.put_u32(4, 2);
        buffer_.put_u32(8, rows);
        buffer_.put_u32(12, total);
        buffer_.put_u32(16, columns);
        buffer_.put_u32(20, flags);
        buffer_.put_u32(24, buffer_.add(type.data(), type.size()));
        buffer_.put_u32(28, type.size());
    }
    void add(std::string_view name, Kind kind, const void* data, std::size_t size, const void* aux = nullptr, std::size_t aux_size = 0, std::size_t entries = 0) {
        const std::size_t at = header_bytes + column_bytes * columns_++;
        buffer_.put_u32(at, static_cast<std::uint32_t>(kind));
        buffer_.put_u32(at + 4, names_.size());
        names_ += name;
        buffer_.put_u32(at + 8, name.size());
        buffer_.put_u32(at + 12, buffer_.add(data, size));
        buffer_.put_u32(at + 16, buffer_.add(aux, aux_size));
        buffer_.put_u32(at + 20, aux_size);
        buffer_.put_u32(at + 24, entries);
        buffer_.put_u32(at + 28, 0);
    }
    template <typename T>
    void add_numbers(std::string_view name, Kind kind, const std::vector<T>& values) { add(name, kind, values.data(), values.size() * sizeof(T)); }
    void add_texts(std::string_view name, Kind kind, const Texts& texts) {
        add(name, kind, texts.starts.data(), texts.starts.size() * sizeof(std::uint32_t), texts.bytes.data(), texts.bytes.size());
    }
    void add_dictionary(std::string_view name, const std::vector<std::uint16_t>& codes, const Texts& entries) {
        std::string aux(reinterpret_cast<const char*>(entries.starts.data()), entries.starts.size() * sizeof(std::uint32_t));
        aux += entries.bytes;
        add(name, Kind::Dictionary, codes.data(), codes.size() * sizeof(std::uint16_t), aux.data(), aux.size(), entries.starts.size() - 1);
    }
    std::size_t rows() const { return rows_; }
    std::vector<std::uint8_t> take() {
        const std::size_t names = buffer_.add(names_.data(), names_.size());
        for (std::size_t c = 0; c < columns_; ++c) buffer_.move_u32(header_bytes + column_bytes * c + 4, names);
        return buffer_.take();
    }

private:
    Buffer buffer_;
    std::string names_;
    std::size_t rows_, columns_ = 0;
};

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

// Groups share words: where they do, or are few, each word is sent once.
void add_group_texts(ColumnsWriter& out, const AggregateColumn& column, const Records& records) {
    constexpr std::size_t few = 64, entries_max = 0xFFFE;
    const auto add = [&](Texts& texts, const Value& value) {
        const auto* text = std::get_if<std::string>(&value);
        const auto* ref = std::get_if<RecordRef>(&value);
        texts.add(text != nullptr ? *text : ref != nullptr ? to_text(records.id_of(*ref)) : std::string());
    };
    Texts texts;
    if (column.words.size() <= std::max(few, std::min(entries_max, column.codes.size() / 2))) {
        for (const Value& word : column.words) add(texts, word);
        return out.add_dictionary(column.name, {column.codes.begin(), column.codes.end()}, texts);
    }
    for (const std::uint32_t code : column.codes) add(texts, code == 0 ? Value() : column.words[code - 1]);
    out.add_texts(column.name, Kind::Text, texts);
}

// A column of an aggregate answer: its values decide what it is.
void add_values(ColumnsWriter& out, const AggregateColumn& column, std::size_t rows, const Records& records) {
    const auto each_word = [&]<typename T, typename Own>(Kind kind, T null, T (*of)(const Own&)) {
        std::vector<T> of_code{null}, values(rows);
        for (const Value& word : column.words) {
            const auto* own = std::get_if<Own>(&word);
            of_code.push_back(own != nullptr ? of(*own) : null);
        }
        for (std::size_t row = 0; row < rows; ++row) values[row] = of_code[column.codes[row]];
        out.add_numbers(column.name, kind, values);
    };
    if (column.codes.empty()) {
        std::vector<double> numbers(rows);
        for (std::size_t row = 0; row < rows; ++row) {
            const Decimal number = column.numbers[row];
            numbers[row] = number.units == null_decimal ? no_number : number_of(number.units, number.scale);
        }
        return out.add_numbers(column.name, Kind::Number, numbers);
    }
    const Value some = column.words.empty() ? Value(Decimal()) : column.words.front();
    if (std::holds_alternative<Decimal>(some)) return each_word(Kind::Number, no_number, +[](const Decimal& own) { return number_of(own.units, own.scale); });
    if (std::holds_alternative<DateValue>(some)) return each_word(Kind::Date, null_day, +[](const DateValue& own) { return own.days; });
    if (std::holds_alternative<InstantValue>(some)) return each_word(Kind::DateTime, no_number, +[](const InstantValue& own) { return static_cast<double>(own.milliseconds); });
    if (std::holds_alternative<bool>(some)) return each_word(Kind::Flag, std::uint8_t{255}, +[](const bool& own) { return static_cast<std::uint8_t>(own); });
    add_group_texts(out, column, records);
}

// A column of records, straight from where its values lie.
class FieldWriter {
public:
    FieldWriter(const SelectTerm& select, const Query& query, const std::vector<RowIndex>& rows, const Records& records, const QueryContext& context)
        : term_(select.term), access_(select.term.path, query.object, records), records_(records), context_(context),
          name_(select.term.path.text) {
        // An alias takes the place of the field's own name, not of the path to it.
        if (!select.term.alias.empty()) name_ = name_.substr(0, name_.rfind('.') + 1) + select.term.alias;
        holders_.reserve(rows.size());
        for (const RowIndex row : rows) holders_.push_back(access_.holder(row));
    }

    void write(ColumnsWriter& out) const {
        const bool plain = !term_.format && term_.date_function == DateFunction::None && !term_.convert_timezone && !access_.polymorphic() && access_.field() != nullptr;
        const Column& column = access_.column();
        const bool labels = term_.to_label && access_.kind() == ValueKind::Multiselect;
        if (!plain || labels || access_.kind() == ValueKind::AutoNumber) return write_cells(out);
        switch (column.kind()) {
            case ColumnKind::Text: return write_texts(out);
            case ColumnKind::Decimal: {
                const std::uint8_t scale = access_.field()->scale;
                return write_numbers<double>(out, Kind::Number, no_number, [values = column.decimals(), scale](RowIndex row) {
                    return values[row] == null_decimal ? no_number : number_of(values[row], scale);
                });
            }
            case ColumnKind::Instant:
                return write_numbers<double>(out, Kind::DateTime, no_number, [values = column.instants()](RowIndex row) {
                    return values[row] == null_instant ? no_number : static_cast<double>(values[row]);
                });
            case ColumnKind::Day:
                return write_numbers<std::int32_t>(out, Kind::Date, null_day, [values = column.days()](RowIndex row) { return values[row]; });
            case ColumnKind::Flag:
                return write_numbers<std::uint8_t>(out, Kind::Flag, 255, [values = column.flags()](RowIndex row) { return static_cast<std::uint8_t>(values[row] != 0); });
            case ColumnKind::Code: return write_codes(out);
            default: return write_cells(out);
        }
    }

private:
    template <typename T, typename ValueOf>
    void write_numbers(ColumnsWriter& out, Kind kind, T null, ValueOf value_of) const {
        std::vector<T> values(holders_.size(), null);
        for (std::size_t i = 0; i < holders_.size(); ++i) {
            if (holders_[i]) values[i] = value_of(holders_[i].row);
        }
        out.add_numbers(name_, kind, values);
    }
    void write_texts(ColumnsWriter& out) const {
        Texts texts;
        for (const RecordRef& holder : holders_) texts.add(access_.text(holder));
        out.add_texts(name_, Kind::Text, texts);
    }
    void write_codes(ColumnsWriter& out) const {
        std::vector<std::uint16_t> codes(holders_.size(), 0);
        const std::span<const std::uint16_t> values = access_.column().codes();
        for (std::size_t i = 0; i < holders_.size(); ++i) {
            if (holders_[i]) codes[i] = values[holders_[i].row];
        }
        Texts entries;
        for (const PicklistValue& value : access_.field()->values) entries.add(term_.to_label && !value.label.empty() ? value.label : value.value);
        out.add_dictionary(name_, codes, entries);
    }
    // Ids, lookups, compounds, date functions and whatever else is rare goes by its JSON form.
    void write_cells(ColumnsWriter& out) const {
        std::string all, text;
        std::vector<std::size_t> ends;
        bool quoted = true;
        std::vector<std::pair<ObjectIndex, JsonCell>> cells;  // a cell for each object that the path leads to
        for (const RecordRef& holder : holders_) {
            text.clear();
            if (holder) {
                auto cell = std::find_if(cells.begin(), cells.end(), [&](const auto& known) { return known.first == holder.object; });
                const bool object_name = access_.kind() == ValueKind::ObjectName;
                const Field* field = object_name ? nullptr : access_.field_in(holder.object);
                if (cell == cells.end() && (object_name || field != nullptr)) {
                    cells.emplace_back(holder.object, JsonCell(term_, holder.object, field, records_, context_));
                    cell = cells.end() - 1;
                }
                if (cell != cells.end()) cell->second.append(text, holder.row);
            }
            if (text == "null") text.clear();
            quoted = quoted && (text.empty() || (text[0] == '"' && text.find('\\') == std::string::npos));
            all += text;
            ends.push_back(all.size());
        }
        Texts texts;
        std::size_t begin = 0;
        for (const std::size_t end : ends) {
            const bool is_cut = quoted && end > begin;
            texts.add(std::string_view(all).substr(begin + is_cut, end - begin - 2 * is_cut));
            begin = end;
        }
        out.add_texts(name_, quoted ? Kind::Text : Kind::Json, texts);
    }

    const Term& term_;
    Access access_;
    const Records& records_;
    const QueryContext& context_;
    std::string name_;
    std::vector<RecordRef> holders_;
};

// The parents that a query's paths go through, each once and before what hangs on it.
struct ParentPath {
    std::vector<FieldIndex> lookups;
    std::string text;
};
std::vector<ParentPath> parents_of(const Query& query) {
    std::vector<ParentPath> parents;
    for (const SelectTerm& select : query.select) {
        ParentPath parent;
        std::size_t end = 0;
        for (const FieldIndex lookup : select.term.path.lookups) {
            parent.lookups.push_back(lookup);
            end = select.term.path.text.find('.', end + 1);
            parent.text = select.term.path.text.substr(0, end);
            const auto same = [&](const ParentPath& other) { return other.lookups == parent.lookups; };
            if (std::none_of(parents.begin(), parents.end(), same)) parents.push_back(parent);
        }
    }
    return parents;
}

void add_parent(ColumnsWriter& out, const ParentPath& parent, const Query& query, const std::vector<RowIndex>& rows, const Records& records) {
    FieldPath path;
    path.lookups = parent.lookups;
    path.field = system_field::id;
    path.text = parent.text + ".Id";
    const Access access(path, query.object, records);
    std::vector<std::uint8_t> present;
    present.reserve(rows.size());
    for (const RowIndex row : rows) present.push_back(access.holder(row) ? 1 : 0);
    const std::string& type = records.schema().object(access.object()).name;
    out.add(parent.text, Kind::Parent, present.data(), present.size(), type.data(), type.size());
}

}  // namespace

bool is_columnar(const Query& query, const Schema& schema) {
    return std::all_of(query.select.begin(), query.select.end(), [&](const SelectTerm& select) {
        if (select.subquery || select.for_types) return false;
        ObjectIndex object = query.object;
        for (const FieldIndex lookup : select.term.path.lookups) {
            const Field& field = schema.object(object).field(lookup);
            if (field.reference_to.size() != 1) return false;
            object = field.reference_to.front();
        }
        return true;
    });
}

Result<std::vector<std::uint8_t>> run_to_columns(const Query& query, const Records& records, const QueryContext& context) {
    if (is_count_only(query)) {
        OUTPOST_TRY(const std::uint32_t total, run_count(query, records, context));
        const std::uint32_t cut = total - std::min(total, query.offset);
        return ColumnsWriter(std::min(query.limit.value_or(cut), cut), total, 0, flag_grouped | flag_count_only, "AggregateResult").take();
    }
    if (is_aggregate(query)) {
        OUTPOST_TRY(const AggregateAnswer answer, run_aggregate(query, records, context));
        ColumnsWriter out(answer.size(), answer.total, answer.columns.size(), flag_grouped, "AggregateResult");
        for (const AggregateColumn& column : answer.columns) add_values(out, column, answer.size(), records);
        return out.take();
    }
    if (!is_columnar(query, records.schema())) return fail(ErrorCode::InvalidArgument, "error.query_not_columnar");
    OUTPOST_TRY(const RowSelection selection, select_rows(query, records, context));
    const std::vector<ParentPath> parents = parents_of(query);
    ColumnsWriter out(selection.rows.size(), selection.total, parents.size() + query.select.size(), 0, records.schema().object(query.object).name);
    for (const ParentPath& parent : parents) add_parent(out, parent, query, selection.rows, records);
    for (const SelectTerm& select : query.select) FieldWriter(select, query, selection.rows, records, context).write(out);
    return out.take();
}

}  // namespace outpost
