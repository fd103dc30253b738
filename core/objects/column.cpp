#include "core/objects/column.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include "core/base/result.h"
#include "core/objects/field_text.h"

namespace outpost {

namespace {

// Below this, garbage in an arena isn't worth a rewrite.
constexpr std::size_t squeeze_bytes_min = 64 * 1024;

template <typename T>
T null_of();
template <>
std::int64_t null_of() { return null_decimal; }
template <>
std::int32_t null_of() { return null_day; }
template <>
std::uint8_t null_of() { return 0; }
template <>
std::uint16_t null_of() { return 0; }
template <>
std::uint32_t null_of() { return no_row; }
template <>
RecordRef null_of() { return {}; }

template <typename T>
constexpr bool is_plain = !std::is_same_v<T, std::monostate> && !std::is_same_v<T, TextColumn>;

}  // namespace

// --- TextColumn

std::string& TextColumn::own_arena() {
    if (!arena_) arena_ = std::make_shared<std::string>();
    else if (arena_.use_count() > 1) arena_ = std::make_shared<std::string>(*arena_);
    return *arena_;
}

void TextColumn::resize(RowIndex rows) {
    for (RowIndex row = rows; row < size(); ++row) garbage_bytes_ += places_[row].length;
    places_.resize(rows);
    if (rows != 0) return;
    garbage_bytes_ = 0;
    if (arena_.use_count() == 1) return arena_->clear();
    arena_.reset();
    bytes_ = "";
}

void TextColumn::reserve(RowIndex rows, std::size_t bytes) {
    places_.reserve(rows);
    own_arena().reserve(bytes);
    keep();
}

std::uint32_t TextColumn::add(std::string_view text) {
    if (text.empty()) return 0;
    std::string& arena = own_arena();
    const std::size_t offset = arena.size();
    OUTPOST_ASSERT(offset + text.size() < 0xFFFF'FFFFu);
    if (text.data() >= arena.data() && text.data() < arena.data() + offset) {  // of this column: it moves as the arena grows
        const auto own_offset = static_cast<std::size_t>(text.data() - arena.data());
        arena.resize(offset + text.size());
        std::memcpy(arena.data() + offset, arena.data() + own_offset, text.size());
    } else {
        arena.append(text);
    }
    keep();
    return static_cast<std::uint32_t>(offset);
}

void TextColumn::set(RowIndex row, std::string_view text) {
    Place& place = places_[row];
    garbage_bytes_ += place.length;
    // A text that isn't longer takes the old one's place; memmove, since it may lie in this arena.
    if (text.size() <= place.length) {
        if (!text.empty()) std::memmove(own_arena().data() + place.offset, text.data(), text.size());
        if (!text.empty()) keep();
        garbage_bytes_ -= text.size();
        place.length = static_cast<std::uint32_t>(text.size());
        return;
    }
    const auto length = static_cast<std::uint32_t>(text.size());
    place = {add(text), length};
    if (garbage_bytes_ > squeeze_bytes_min && garbage_bytes_ > arena_size() / 2) squeeze();
}

void TextColumn::push_back(std::string_view text) {
    const auto length = static_cast<std::uint32_t>(text.size());
    const std::uint32_t offset = add(text);
    places_.push_back({offset, length});
}

bool TextColumn::assign(std::string arena, std::vector<Place> places) {
    std::uint64_t live = 0;
    for (const Place& place : places) {
        if (std::uint64_t{place.offset} + place.length > arena.size()) return false;
        live += place.length;
    }
    garbage_bytes_ = live < arena.size() ? arena.size() - live : 0;
    arena_ = std::make_shared<std::string>(std::move(arena));
    keep();
    places_ = std::move(places);
    return true;
}

void TextColumn::append(const TextColumn& other) {
    OUTPOST_ASSERT(&other != this && arena_size() + other.arena_size() < 0xFFFF'FFFFu);
    const auto base = static_cast<std::uint32_t>(arena_size());
    const std::size_t first = places_.size();
    places_.insert(places_.end(), other.places_.begin(), other.places_.end());
    garbage_bytes_ += other.garbage_bytes_;
    if (base == 0) {
        arena_ = other.arena_;
        bytes_ = other.bytes_;
        return;
    }
    if (other.arena_size() == 0) return;
    own_arena().append(*other.arena_);
    keep();
    for (std::size_t row = first; row < places_.size(); ++row)
        if (places_[row].length != 0) places_[row].offset += base;
}

void TextColumn::squeeze() {
    std::string arena;
    std::size_t live = 0;
    for (const Place& place : places_) live += place.length;
    arena.reserve(live + live / 4);
    for (Place& place : places_) {
        const auto offset = static_cast<std::uint32_t>(arena.size());
        if (place.length != 0) arena.append(bytes_ + place.offset, place.length);
        place.offset = place.length == 0 ? 0 : offset;
    }
    arena_ = std::make_shared<std::string>(std::move(arena));
    keep();
    garbage_bytes_ = 0;
}

// --- Column

Column::Column(ColumnKind kind) : kind_(kind) {
    switch (kind) {
        case ColumnKind::None: break;
        case ColumnKind::Text: values_ = TextColumn(); break;
        case ColumnKind::Decimal:
        case ColumnKind::Instant: values_ = std::vector<std::int64_t>(); break;
        case ColumnKind::Day: values_ = std::vector<std::int32_t>(); break;
        case ColumnKind::Flag: values_ = std::vector<std::uint8_t>(); break;
        case ColumnKind::Code: values_ = std::vector<std::uint16_t>(); break;
        case ColumnKind::Row: values_ = std::vector<std::uint32_t>(); break;
        case ColumnKind::Ref: values_ = std::vector<RecordRef>(); break;
    }
}

RowIndex Column::size() const {
    return std::visit(
        [](const auto& values) -> RowIndex {
            using T = std::decay_t<decltype(values)>;
            if constexpr (std::is_same_v<T, std::monostate>) return 0;
            else return static_cast<RowIndex>(values.size());
        },
        values_);
}

void Column::resize(RowIndex rows) {
    std::visit(
        [rows](auto& values) {
            using T = std::decay_t<decltype(values)>;
            if constexpr (std::is_same_v<T, TextColumn>) values.resize(rows);
            else if constexpr (is_plain<T>) values.resize(rows, null_of<typename T::value_type>());
        },
        values_);
}

void Column::reserve(RowIndex rows) {
    std::visit(
        [rows](auto& values) {
            using T = std::decay_t<decltype(values)>;
            if constexpr (std::is_same_v<T, TextColumn>) values.reserve(rows, 0);
            else if constexpr (is_plain<T>) values.reserve(rows);
        },
        values_);
}

bool Column::is_null(RowIndex row) const {
    if (kind_ == ColumnKind::Flag) return false;
    return std::visit(
        [row](const auto& values) -> bool {
            using T = std::decay_t<decltype(values)>;
            if constexpr (std::is_same_v<T, std::monostate>) return true;
            else if constexpr (std::is_same_v<T, TextColumn>) return values.places()[row].length == 0;
            else if constexpr (std::is_same_v<T, std::vector<RecordRef>>) return !values[row];
            else return values[row] == null_of<typename T::value_type>();
        },
        values_);
}

std::span<const std::int64_t> Column::decimals() const {
    OUTPOST_ASSERT(kind_ == ColumnKind::Decimal);
    return std::get<std::vector<std::int64_t>>(values_);
}
std::span<const std::int64_t> Column::instants() const {
    OUTPOST_ASSERT(kind_ == ColumnKind::Instant);
    return std::get<std::vector<std::int64_t>>(values_);
}
std::span<const std::int32_t> Column::days() const {
    OUTPOST_ASSERT(kind_ == ColumnKind::Day);
    return std::get<std::vector<std::int32_t>>(values_);
}
std::span<const std::uint8_t> Column::flags() const {
    OUTPOST_ASSERT(kind_ == ColumnKind::Flag);
    return std::get<std::vector<std::uint8_t>>(values_);
}
std::span<const std::uint16_t> Column::codes() const {
    OUTPOST_ASSERT(kind_ == ColumnKind::Code);
    return std::get<std::vector<std::uint16_t>>(values_);
}
std::span<const std::uint32_t> Column::rows() const {
    OUTPOST_ASSERT(kind_ == ColumnKind::Row);
    return std::get<std::vector<std::uint32_t>>(values_);
}
std::span<const RecordRef> Column::refs() const {
    OUTPOST_ASSERT(kind_ == ColumnKind::Ref);
    return std::get<std::vector<RecordRef>>(values_);
}
const TextColumn& Column::texts() const {
    OUTPOST_ASSERT(kind_ == ColumnKind::Text);
    return std::get<TextColumn>(values_);
}

std::vector<std::int64_t>& Column::mutable_int64() {
    OUTPOST_ASSERT(kind_ == ColumnKind::Decimal || kind_ == ColumnKind::Instant);
    return std::get<std::vector<std::int64_t>>(values_);
}
std::vector<std::int32_t>& Column::mutable_days() {
    OUTPOST_ASSERT(kind_ == ColumnKind::Day);
    return std::get<std::vector<std::int32_t>>(values_);
}
std::vector<std::uint8_t>& Column::mutable_flags() {
    OUTPOST_ASSERT(kind_ == ColumnKind::Flag);
    return std::get<std::vector<std::uint8_t>>(values_);
}
std::vector<std::uint16_t>& Column::mutable_codes() {
    OUTPOST_ASSERT(kind_ == ColumnKind::Code);
    return std::get<std::vector<std::uint16_t>>(values_);
}
std::vector<std::uint32_t>& Column::mutable_rows() {
    OUTPOST_ASSERT(kind_ == ColumnKind::Row);
    return std::get<std::vector<std::uint32_t>>(values_);
}
std::vector<RecordRef>& Column::mutable_refs() {
    OUTPOST_ASSERT(kind_ == ColumnKind::Ref);
    return std::get<std::vector<RecordRef>>(values_);
}
TextColumn& Column::mutable_texts() {
    OUTPOST_ASSERT(kind_ == ColumnKind::Text);
    return std::get<TextColumn>(values_);
}

Value Column::get(RowIndex row, const Field& field) const {
    if (kind_ == ColumnKind::Flag) return flags()[row] != 0;
    if (is_null(row)) return {};
    switch (kind_) {
        case ColumnKind::Text: return std::string(text(row));
        case ColumnKind::Decimal:
            if (field.type == FieldType::AutoNumber) return auto_number_text(field, decimals()[row]);
            return Decimal{decimals()[row], field.scale};
        case ColumnKind::Instant: return InstantValue{instants()[row]};
        case ColumnKind::Day: return DateValue{days()[row]};
        case ColumnKind::Code: {
            const std::uint16_t code = codes()[row];
            return code <= field.values.size() ? Value(field.values[code - 1u].value) : Value();
        }
        case ColumnKind::Row: return RecordRef{field.reference_to.empty() ? no_object : field.reference_to[0], rows()[row]};
        case ColumnKind::Ref: return refs()[row];
        case ColumnKind::Flag:
        case ColumnKind::None: break;
    }
    return {};
}

void Column::set(RowIndex row, const Value& value, const Field& field) {
    OUTPOST_ASSERT(row < size());
    const bool null = outpost::is_null(value);
    switch (kind_) {
        case ColumnKind::None: OUTPOST_ASSERT(null); break;
        case ColumnKind::Text: mutable_texts().set(row, null ? std::string_view() : std::get<std::string>(value)); break;
        case ColumnKind::Decimal: mutable_int64()[row] = null ? null_decimal : units_at_scale(value, field.scale); break;
        case ColumnKind::Instant: mutable_int64()[row] = null ? null_instant : std::get<InstantValue>(value).milliseconds; break;
        case ColumnKind::Day: mutable_days()[row] = null ? null_day : std::get<DateValue>(value).days; break;
        case ColumnKind::Flag: mutable_flags()[row] = !null && std::get<bool>(value) ? 1 : 0; break;
        case ColumnKind::Code: {
            const std::uint16_t code = null ? std::uint16_t{0} : field.find_code(std::get<std::string>(value));
            OUTPOST_ASSERT(null || code != 0);
            mutable_codes()[row] = code;
            break;
        }
        case ColumnKind::Row: mutable_rows()[row] = null ? no_row : std::get<RecordRef>(value).row; break;
        case ColumnKind::Ref: mutable_refs()[row] = null ? RecordRef{} : std::get<RecordRef>(value); break;
    }
}

void Column::push_back(const Value& value, const Field& field) {
    if (kind_ == ColumnKind::None) return;
    if (kind_ == ColumnKind::Text) {
        mutable_texts().push_back(outpost::is_null(value) ? std::string_view() : std::get<std::string>(value));
        return;
    }
    resize(size() + 1);
    set(size() - 1, value, field);
}

Column Column::gather(std::span<const RowIndex> rows) const {
    Column out(kind_);
    std::visit(
        [&](const auto& values) {
            using T = std::decay_t<decltype(values)>;
            if constexpr (std::is_same_v<T, TextColumn>) {
                TextColumn& target = out.mutable_texts();
                std::size_t bytes = 0;
                for (const RowIndex row : rows) bytes += values.places()[row].length;
                target.reserve(static_cast<RowIndex>(rows.size()), bytes);
                for (const RowIndex row : rows) target.push_back(values.get(row));
            } else if constexpr (is_plain<T>) {
                T& target = std::get<T>(out.values_);
                target.resize(rows.size());
                for (std::size_t i = 0; i < rows.size(); ++i) target[i] = values[rows[i]];
            }
        },
        values_);
    return out;
}

void Column::scatter(std::span<const RowIndex> rows, const Column& values) {
    OUTPOST_ASSERT(values.kind_ == kind_);
    if (kind_ == ColumnKind::None || rows.empty()) return;
    const bool constant = values.size() == 1;
    OUTPOST_ASSERT(constant || values.size() == rows.size());
    std::visit(
        [&](auto& target) {
            using T = std::decay_t<decltype(target)>;
            if constexpr (std::is_same_v<T, TextColumn>) {
                const TextColumn& source = values.texts();
                for (std::size_t i = 0; i < rows.size(); ++i)
                    target.set(rows[i], source.get(constant ? 0 : static_cast<RowIndex>(i)));
            } else if constexpr (is_plain<T>) {
                const T& source = std::get<T>(values.values_);
                if (constant) {
                    const auto value = source[0];
                    for (const RowIndex row : rows) target[row] = value;
                } else {
                    for (std::size_t i = 0; i < rows.size(); ++i) target[rows[i]] = source[i];
                }
            }
        },
        values_);
}

void Column::append(const Column& values) {
    OUTPOST_ASSERT(values.kind_ == kind_);
    std::visit(
        [&](auto& target) {
            using T = std::decay_t<decltype(target)>;
            if constexpr (std::is_same_v<T, TextColumn>) target.append(values.texts());
            else if constexpr (is_plain<T>) {
                const T& source = std::get<T>(values.values_);
                target.insert(target.end(), source.begin(), source.end());
            }
        },
        values_);
}

void Column::append_repeated(const Column& values, RowIndex index, RowIndex count) {
    OUTPOST_ASSERT(values.kind_ == kind_ && (kind_ == ColumnKind::None || index < values.size()));
    std::visit(
        [&](auto& target) {
            using T = std::decay_t<decltype(target)>;
            if constexpr (std::is_same_v<T, TextColumn>) {
                for (RowIndex i = 0; i < count; ++i) target.push_back(values.texts().get(index));
            } else if constexpr (is_plain<T>) {
                target.insert(target.end(), count, std::get<T>(values.values_)[index]);
            }
        },
        values_);
}

bool Column::equal_at(RowIndex row, const Column& other, RowIndex other_row) const {
    OUTPOST_ASSERT(other.kind_ == kind_);
    return std::visit(
        [&](const auto& values) -> bool {
            using T = std::decay_t<decltype(values)>;
            if constexpr (std::is_same_v<T, std::monostate>) return true;
            else if constexpr (std::is_same_v<T, TextColumn>) return values.get(row) == other.texts().get(other_row);
            else return values[row] == std::get<T>(other.values_)[other_row];
        },
        values_);
}

bool Column::all_equal() const {
    if (size() < 2) return true;
    return std::visit(
        [](const auto& values) -> bool {
            using T = std::decay_t<decltype(values)>;
            if constexpr (std::is_same_v<T, std::monostate>) return true;
            else if constexpr (std::is_same_v<T, TextColumn>) {
                for (RowIndex row = 1; row < values.size(); ++row)
                    if (values.get(row) != values.get(0)) return false;
                return true;
            } else return std::adjacent_find(values.begin(), values.end(), std::not_equal_to<>()) == values.end();
        },
        values_);
}

std::size_t Column::bytes() const {
    return std::visit(
        [](const auto& values) -> std::size_t {
            using T = std::decay_t<decltype(values)>;
            if constexpr (std::is_same_v<T, std::monostate>) return 0;
            else if constexpr (std::is_same_v<T, TextColumn>) return values.bytes();
            else return values.capacity() * sizeof(typename T::value_type);
        },
        values_);
}

}  // namespace outpost
