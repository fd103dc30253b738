#include "core/store/column_codec.h"

#include <algorithm>
#include <limits>

#include "core/base/result.h"
#include "core/base/text.h"

namespace outpost {
namespace {

// Widths of an integer stream: 0 every value is the base, 1, 2, 4 bytes of (value - base + 1) with 0 for null,
// else the values as they lie in memory.
constexpr std::uint8_t width_as_is = 255;

template <typename T>
constexpr T null_of() {
    if constexpr (std::is_same_v<T, std::int64_t> || std::is_same_v<T, std::int32_t>) return std::numeric_limits<T>::min();
    else if constexpr (std::is_same_v<T, std::uint32_t>) return no_row;
    else return 0;
}

template <typename T>
std::uint64_t distance(T value, T base) {
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(value)) -
           static_cast<std::uint64_t>(static_cast<std::int64_t>(base));
}

template <typename Narrow, typename T>
void write_narrow(const T* values, std::size_t count, T base, EntryParts& out) {
    std::uint8_t* to = out.extend(count * sizeof(Narrow));
    for (std::size_t i = 0; i < count; ++i) {
        const Narrow narrow =
            values[i] == null_of<T>() ? Narrow{0} : static_cast<Narrow>(distance(values[i], base) + 1);
        std::memcpy(to + i * sizeof(Narrow), &narrow, sizeof(Narrow));
    }
}

enum class Lifetime { Lasting, Temporary };  // lasting values may be referred to, temporary ones are copied

template <typename T>
void encode_integers(const T* values, std::size_t count, EntryParts& out, ExpansionAccount& account,
                     Lifetime lifetime = Lifetime::Lasting) {
    out.varint(count);
    if (count == 0) return;
    const bool constant = std::all_of(values, values + count, [&](T value) { return value == values[0]; });
    if (constant && account.spend(count * sizeof(T), out.size())) {
        out.fixed(std::uint8_t{0});
        out.signed_varint(static_cast<std::int64_t>(values[0]));
        return;
    }
    T low = std::numeric_limits<T>::max(), high = std::numeric_limits<T>::lowest();
    for (std::size_t i = 0; i < count; ++i) {
        const bool null = values[i] == null_of<T>();
        low = null ? low : std::min(low, values[i]);
        high = null ? high : std::max(high, values[i]);
    }
    if (low > high) low = high = 0;
    const std::uint64_t range = distance(high, low);
    const std::uint8_t width = range < 0xFF ? 1 : range < 0xFFFF ? 2 : range < 0xFFFF'FFFF ? 4 : 8;
    if (width >= sizeof(T)) {
        out.fixed(width_as_is);
        if (lifetime == Lifetime::Lasting) out.bytes(values, count * sizeof(T));
        else std::memcpy(out.extend(count * sizeof(T)), values, count * sizeof(T));
        return;
    }
    out.fixed(width);
    out.signed_varint(static_cast<std::int64_t>(low));
    if (width == 1) write_narrow<std::uint8_t>(values, count, low, out);
    else if (width == 2) write_narrow<std::uint16_t>(values, count, low, out);
    else write_narrow<std::uint32_t>(values, count, low, out);
}

template <typename Narrow, typename T>
void read_narrow(ByteReader& reader, std::int64_t base, std::vector<T>& values) {
    constexpr std::size_t block = (16 << 10) / sizeof(Narrow);
    for (std::size_t first = 0; first < values.size(); first += block) {
        const std::size_t count = std::min(block, values.size() - first);
        const ByteView from = reader.take(count * sizeof(Narrow));
        if (reader.failed()) return;
        for (std::size_t i = 0; i < count; ++i) {
            Narrow narrow;
            std::memcpy(&narrow, from.data() + i * sizeof(Narrow), sizeof(Narrow));
            values[first + i] = narrow == 0 ? null_of<T>()
                                            : static_cast<T>(static_cast<std::uint64_t>(base) + (std::uint64_t{narrow} - 1));
        }
    }
}

template <typename T>
std::vector<T> decode_integers(ByteReader& reader, ExpansionAccount& account) {
    std::vector<T> values;
    const std::uint64_t count = reader.varint_to(no_row);
    if (count == 0 || reader.failed()) return values;
    const auto width = reader.fixed<std::uint8_t>();
    if (width == 0) {
        // The encoder's account stood where the stream's head begins: the count was seen, the width was not.
        const std::uint64_t seen = reader.position() - 1;
        const auto value = static_cast<T>(reader.signed_varint());
        if (reader.failed() || !account.spend(count * sizeof(T), seen)) reader.fail();
        else values.assign(static_cast<std::size_t>(count), value);
        return values;
    }
    const bool as_is = width == width_as_is;
    const std::int64_t base = as_is ? 0 : reader.signed_varint();
    if (!as_is && ((width != 1 && width != 2 && width != 4) || width >= sizeof(T))) reader.fail();
    if (count * (as_is ? sizeof(T) : width) > reader.remaining()) reader.fail();
    if (reader.failed()) return values;
    values.resize(static_cast<std::size_t>(count));
    if (as_is) reader.read({reinterpret_cast<std::uint8_t*>(values.data()), values.size() * sizeof(T)});
    else if (width == 1) read_narrow<std::uint8_t>(reader, base, values);
    else if (width == 2) read_narrow<std::uint16_t>(reader, base, values);
    else read_narrow<std::uint32_t>(reader, base, values);
    return values;
}

void skip_integers(ByteReader& reader, std::size_t value_bytes) {
    const std::uint64_t count = reader.varint_to(no_row);
    if (count == 0 || reader.failed()) return;
    const auto width = reader.fixed<std::uint8_t>();
    if (width == width_as_is) {
        reader.skip(count * value_bytes);
        return;
    }
    reader.varint();
    if (width > 4) reader.fail();
    reader.skip(count * width);
}

void encode_texts(const TextColumn& texts, EntryParts& out, ExpansionAccount& account) {
    const std::size_t count = texts.size();
    out.varint(count);
    if (count == 0) return;
    bool constant = true, in_order = true;
    std::uint64_t total = 0;
    std::vector<std::uint32_t> lengths(count);
    for (std::size_t row = 0; row < count; ++row) {
        const auto [offset, length] = texts.places()[row];
        lengths[row] = length;
        in_order = in_order && (length == 0 || offset == total);
        constant = constant && texts.get(static_cast<RowIndex>(row)) == texts.get(0);
        total += length;
    }
    if (constant && account.spend(count * (sizeof(TextColumn::Place) + lengths[0]), out.size())) {
        out.fixed(std::uint8_t{0});
        out.text(texts.get(0));
        return;
    }
    out.fixed(std::uint8_t{1});
    encode_integers(lengths.data(), count, out, account, Lifetime::Temporary);
    out.varint(total);
    if (in_order) {
        out.bytes(texts.arena().data(), static_cast<std::size_t>(total));
        return;
    }
    std::uint8_t* to = out.extend(static_cast<std::size_t>(total));
    for (std::size_t row = 0; row < count; ++row) {
        const std::string_view text = texts.get(static_cast<RowIndex>(row));
        if (!text.empty()) std::memcpy(to, text.data(), text.size());
        to += text.size();
    }
}

void decode_texts(ByteReader& reader, ExpansionAccount& account, TextColumn& texts) {
    const std::uint64_t count = reader.varint_to(no_row);
    if (count == 0 || reader.failed()) return;
    const auto mode = reader.fixed<std::uint8_t>();
    if (mode == 0) {
        const std::uint64_t seen = reader.position() - 1;
        const std::string text = reader.text();
        const std::uint64_t each = sizeof(TextColumn::Place) + text.size();
        if (reader.failed() || count > std::numeric_limits<std::uint64_t>::max() / each ||
            count * text.size() > std::numeric_limits<std::uint32_t>::max() || !account.spend(count * each, seen) ||
            !is_valid_utf8(text)) {
            reader.fail();
            return;
        }
        texts.reserve(static_cast<RowIndex>(count), static_cast<std::size_t>(count) * text.size());
        for (std::uint64_t row = 0; row < count; ++row) texts.push_back(text);
        return;
    }
    const std::vector<std::uint32_t> lengths = decode_integers<std::uint32_t>(reader, account);
    const std::uint64_t size = reader.varint_to(std::numeric_limits<std::uint32_t>::max());
    if (size > reader.remaining()) reader.fail();
    if (reader.failed() || mode != 1 || lengths.size() != count) {
        reader.fail();
        return;
    }
    std::vector<TextColumn::Place> places(lengths.size());
    std::uint64_t offset = 0;
    for (std::size_t row = 0; row < lengths.size(); ++row) {
        if (lengths[row] > size - offset) {
            reader.fail();
            return;
        }
        places[row] = {static_cast<std::uint32_t>(offset), lengths[row]};
        offset += lengths[row];
    }
    std::string arena;
    arena.resize_and_overwrite(static_cast<std::size_t>(size), [&](char* room, std::size_t bytes) {
        reader.read({reinterpret_cast<std::uint8_t*>(room), bytes});
        return bytes;
    });
    const auto is_text = [&](TextColumn::Place place) { return is_valid_utf8({arena.data() + place.offset, place.length}); };
    if (reader.failed() || offset != size || !std::ranges::all_of(places, is_text) || !texts.assign(std::move(arena), std::move(places)))
        reader.fail();
}

void skip_texts(ByteReader& reader) {
    const std::uint64_t count = reader.varint_to(no_row);
    if (count == 0 || reader.failed()) return;
    if (reader.fixed<std::uint8_t>() != 0) skip_integers(reader, sizeof(std::uint32_t));
    reader.skip(reader.varint());
}

void encode_refs(std::span<const RecordRef> refs, EntryParts& out, ExpansionAccount& account) {
    std::vector<std::uint16_t> objects(refs.size());
    std::vector<std::uint32_t> rows(refs.size());
    for (std::size_t i = 0; i < refs.size(); ++i) {
        objects[i] = number(refs[i].object);
        rows[i] = refs[i].row;
    }
    encode_integers(objects.data(), objects.size(), out, account, Lifetime::Temporary);
    encode_integers(rows.data(), rows.size(), out, account, Lifetime::Temporary);
}

void decode_refs(ByteReader& reader, ExpansionAccount& account, std::vector<RecordRef>& refs) {
    const auto objects = decode_integers<std::uint16_t>(reader, account);
    const auto rows = decode_integers<std::uint32_t>(reader, account);
    if (reader.failed() || objects.size() != rows.size()) {
        reader.fail();
        return;
    }
    refs.resize(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) refs[i] = {ObjectIndex{objects[i]}, rows[i]};
}

}  // namespace

void encode_column(const Column& column, EntryParts& out, ExpansionAccount& account) {
    out.fixed(column.kind());
    switch (column.kind()) {
        case ColumnKind::None: return;
        case ColumnKind::Text: return encode_texts(column.texts(), out, account);
        case ColumnKind::Decimal:
            return encode_integers(column.decimals().data(), column.size(), out, account);
        case ColumnKind::Instant:
            return encode_integers(column.instants().data(), column.size(), out, account);
        case ColumnKind::Day: return encode_integers(column.days().data(), column.size(), out, account);
        case ColumnKind::Flag: return encode_integers(column.flags().data(), column.size(), out, account);
        case ColumnKind::Code: return encode_integers(column.codes().data(), column.size(), out, account);
        case ColumnKind::Row: return encode_integers(column.rows().data(), column.size(), out, account);
        case ColumnKind::Ref: return encode_refs(column.refs(), out, account);
    }
}

std::optional<Column> decode_column(ByteReader& reader, ExpansionAccount& account) {
    const auto kind = reader.fixed<std::uint8_t>();
    if (kind > static_cast<std::uint8_t>(ColumnKind::Ref)) reader.fail();
    if (reader.failed()) return std::nullopt;
    Column column{static_cast<ColumnKind>(kind)};
    switch (column.kind()) {
        case ColumnKind::None: break;
        case ColumnKind::Text: decode_texts(reader, account, column.mutable_texts()); break;
        case ColumnKind::Decimal:
        case ColumnKind::Instant: column.mutable_int64() = decode_integers<std::int64_t>(reader, account); break;
        case ColumnKind::Day: column.mutable_days() = decode_integers<std::int32_t>(reader, account); break;
        case ColumnKind::Flag: column.mutable_flags() = decode_integers<std::uint8_t>(reader, account); break;
        case ColumnKind::Code: column.mutable_codes() = decode_integers<std::uint16_t>(reader, account); break;
        case ColumnKind::Row: column.mutable_rows() = decode_integers<std::uint32_t>(reader, account); break;
        case ColumnKind::Ref: decode_refs(reader, account, column.mutable_refs()); break;
    }
    if (reader.failed()) return std::nullopt;
    if (column.kind() == ColumnKind::Flag &&
        std::any_of(column.flags().begin(), column.flags().end(), [](std::uint8_t flag) { return flag > 1; })) {
        reader.fail();
        return std::nullopt;
    }
    return column;
}

void skip_column(ByteReader& reader) {
    switch (static_cast<ColumnKind>(reader.fixed<std::uint8_t>())) {
        case ColumnKind::None: return;
        case ColumnKind::Text: return skip_texts(reader);
        case ColumnKind::Decimal:
        case ColumnKind::Instant: return skip_integers(reader, 8);
        case ColumnKind::Day:
        case ColumnKind::Row: return skip_integers(reader, 4);
        case ColumnKind::Flag: return skip_integers(reader, 1);
        case ColumnKind::Code: return skip_integers(reader, 2);
        case ColumnKind::Ref:
            skip_integers(reader, 2);
            return skip_integers(reader, 4);
    }
    reader.fail();
}

void encode_rows(const std::vector<RowIndex>& rows, EntryParts& out, ExpansionAccount& account) {
    std::size_t runs = rows.empty() ? 0 : 1;
    for (std::size_t i = 1; i < rows.size(); ++i) runs += rows[i] != rows[i - 1] + 1;
    out.varint(rows.size());
    if (rows.empty()) return;
    RowIndex next = 0;
    if (runs * 2 <= rows.size() && account.spend(rows.size() * sizeof(RowIndex), out.size())) {
        out.fixed(std::uint8_t{0});
        for (std::size_t first = 0; first < rows.size();) {
            std::size_t end = first + 1;
            while (end < rows.size() && rows[end] == rows[end - 1] + 1) ++end;
            out.varint(rows[first] - next);
            out.varint(end - first);
            next = rows[end - 1] + 1;
            first = end;
        }
        return;
    }
    out.fixed(std::uint8_t{1});
    for (const RowIndex row : rows) {
        out.varint(row - next);
        next = row + 1;
    }
}

std::vector<RowIndex> decode_rows(ByteReader& reader, ExpansionAccount& account) {
    std::vector<RowIndex> rows;
    const std::uint64_t count = reader.varint_to(no_row);
    if (count == 0 || reader.failed()) return rows;
    const auto mode = reader.fixed<std::uint8_t>();
    const bool as_runs = mode == 0;
    if (mode > 1 || (as_runs && !account.spend(count * sizeof(RowIndex), reader.position() - 1)) ||
        (!as_runs && count > reader.remaining())) {
        reader.fail();
        return rows;
    }
    rows.reserve(static_cast<std::size_t>(count));
    std::uint64_t next = 0;
    while (rows.size() < count && !reader.failed()) {
        const std::uint64_t first = next + reader.varint_to(no_row);
        const std::uint64_t length = as_runs ? reader.varint() : 1;
        if (length == 0 || length > count - rows.size() || first + length > no_row) {
            reader.fail();
            break;
        }
        for (std::uint64_t row = first; row < first + length; ++row) rows.push_back(static_cast<RowIndex>(row));
        next = first + length;
    }
    return rows;
}

}  // namespace outpost
