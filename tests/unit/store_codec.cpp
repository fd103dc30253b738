// The journal's and the snapshot's formats: round trips over random content, sizes, and every way of damage.
#include <doctest/doctest.h>

#include "core/objects/standard.h"
#include "core/store/column_codec.h"
#include "core/store/journal_codec.h"
#include "core/store/snapshot.h"
#include "tests/support/fake_ports.h"

using namespace outpost;
using outpost::testing::BytesSource;
using outpost::testing::FakeRandom;

namespace {

std::string random_text(FakeRandom& random) {
    static constexpr std::string_view samples[] = {"", "a", "Acme", "Müller & Söhne", "北京科技有限公司", "🚀", "line\nbreak"};
    return std::string(samples[random.below(std::size(samples))]);
}

std::int64_t random_integer(FakeRandom& random) {
    switch (random.below(5)) {
        case 0: return static_cast<std::int64_t>(random.below(100));
        case 1: return static_cast<std::int64_t>(random.below(100'000)) - 50'000;
        case 2: return static_cast<std::int64_t>(random.next());
        case 3: return null_decimal;
        default: return 7;
    }
}

Column random_column(FakeRandom& random, std::size_t count) {
    Column column{static_cast<ColumnKind>(1 + random.below(8))};
    const bool constant = random.below(3) == 0, small = random.below(2) == 0;
    const std::int64_t same = random_integer(random);
    const std::string same_text = random_text(random);
    for (std::size_t i = 0; i < count; ++i) {
        std::int64_t value = constant ? same : random_integer(random);
        if (small) value &= 0x3F;
        switch (column.kind()) {
            case ColumnKind::None: break;
            case ColumnKind::Text: column.mutable_texts().push_back(constant ? same_text : random_text(random)); break;
            case ColumnKind::Decimal:
            case ColumnKind::Instant: column.mutable_int64().push_back(value); break;
            case ColumnKind::Day: column.mutable_days().push_back(static_cast<std::int32_t>(value)); break;
            case ColumnKind::Flag: column.mutable_flags().push_back(value & 1); break;
            case ColumnKind::Code: column.mutable_codes().push_back(static_cast<std::uint16_t>(value)); break;
            case ColumnKind::Row: column.mutable_rows().push_back(static_cast<std::uint32_t>(value)); break;
            case ColumnKind::Ref:
                column.mutable_refs().push_back({ObjectIndex{static_cast<std::uint16_t>(value & 0xFFF)}, static_cast<RowIndex>(value)});
                break;
        }
    }
    return column;
}

bool equal(const Column& a, const Column& b) {
    if (a.kind() != b.kind() || a.size() != b.size()) return false;
    for (RowIndex row = 0; row < a.size(); ++row)
        if (!a.equal_at(row, b, row)) return false;
    return true;
}

Bytes joined(const EntryParts& parts) {
    Bytes out;
    for (const ByteView part : parts.views()) out.insert(out.end(), part.begin(), part.end());
    return out;
}

std::vector<RowIndex> random_rows(FakeRandom& random) {
    std::vector<RowIndex> rows;
    RowIndex row = 0;
    const std::uint64_t gap = 1 + random.below(40);
    for (std::uint64_t i = random.below(300); i > 0; --i) {
        row += static_cast<RowIndex>(random.below(4) == 0 ? 1 + random.below(gap) : 1);
        rows.push_back(row);
    }
    return rows;
}

ChangeGroup edit_of_one_field(const Schema&) {
    ChangeGroup group;
    group.sequence = 42;
    group.time = 1'795'428'000'000;
    group.stamp = static_cast<std::uint64_t>(group.time) << 16;
    group.user = {standard_object::user, 0};
    group.label_key = "edit.update";
    RecordsChanged changed{standard_object::opportunity, {81'234}, {}};
    FieldChange& field = changed.fields.emplace_back(FieldChange{opportunity_field::amount, Column(ColumnKind::Decimal), Column(ColumnKind::Decimal)});
    field.before.mutable_int64() = {1'000'000};
    field.after.mutable_int64() = {1'250'000};
    group.changes.push_back(std::move(changed));
    return group;
}

ChangeGroup random_group(FakeRandom& random, const Schema& schema) {
    ChangeGroup group = edit_of_one_field(schema);
    group.origin = static_cast<EditOrigin>(random.below(6));
    group.reverses = random.below(100);
    group.label_arguments = {random_text(random), "b"};
    for (std::uint64_t i = random.below(4); i > 0; --i) {
        const std::size_t count = 1 + random.below(200);
        RecordsCreated created{standard_object::lead, 5, static_cast<std::uint32_t>(count), RecordId::make(standard_object::lead, 77, 3), {}};
        for (std::uint64_t k = random.below(6); k > 0; --k) {
            Column values = random_column(random, random.below(4) == 0 ? 1 : count);
            created.columns.push_back({FieldIndex{static_cast<std::uint16_t>(number(lead_field::company) + k)}, std::move(values)});
        }
        group.changes.push_back(std::move(created));
        RecordsChanged changed{standard_object::account, random_rows(random), {}};
        changed.rows.push_back(100'000);
        Column before = random_column(random, changed.rows.size());
        Column after(before.kind());
        after.append(before);
        changed.fields.push_back({account_field::type, std::move(before), std::move(after)});
        group.changes.push_back(std::move(changed));
        group.changes.push_back(StateChanged{standard_object::contact, random_rows(random), RowState::Live, RowState::Deleted});
        group.changes.push_back(StateChanged{standard_object::contact, random_rows(random), RowState::Removed, RowState::Live});
    }
    SchemaChange definition;
    definition.object = standard_object::lead;
    definition.field = lead_field::status;
    definition.field_after = std::make_shared<const Field>(schema.object(standard_object::lead).field(lead_field::status));
    group.changes.push_back(std::move(definition));
    return group;
}

}  // namespace

TEST_CASE("store: columns come back as they were, for any content") {
    FakeRandom random(1);
    for (int round = 0; round < 2000; ++round) {
        const Column column = random_column(random, random.below(6) == 0 ? 5000 : random.below(50));
        EntryParts parts;
        ExpansionAccount account;
        encode_column(column, parts, account);
        const Bytes bytes = joined(parts);
        ByteReader reader(bytes);
        ExpansionAccount reading;
        const auto back = decode_column(reader, reading);
        REQUIRE(back);
        REQUIRE(equal(column, *back));
        REQUIRE(reader.remaining() == 0);
        REQUIRE(reading.spent == account.spent);
        ByteReader skipping(bytes);
        skip_column(skipping);
        REQUIRE((!skipping.failed() && skipping.remaining() == 0));
    }
}

TEST_CASE("store: row lists come back as they were, and runs are short") {
    FakeRandom random(2);
    for (int round = 0; round < 1000; ++round) {
        const std::vector<RowIndex> rows = random_rows(random);
        EntryParts parts;
        ExpansionAccount account;
        encode_rows(rows, parts, account);
        const Bytes bytes = joined(parts);
        ByteReader reader(bytes);
        ExpansionAccount reading;
        REQUIRE(decode_rows(reader, reading) == rows);
        REQUIRE((!reader.failed() && reader.remaining() == 0));
    }
    std::vector<RowIndex> all(100'000);
    for (RowIndex row = 0; row < all.size(); ++row) all[row] = row;
    EntryParts parts;
    ExpansionAccount account;
    encode_rows(all, parts, account);
    CHECK(parts.size() < 12);
}

TEST_CASE("store: an entry of one edited field is small, and any entry comes back byte for byte") {
    const Records records;
    const Bytes small = encode_entry_bytes(edit_of_one_field(records.schema()), records.schema());
    MESSAGE("one edited field: ", small.size(), " bytes");
    CHECK(small.size() < 120);
    FakeRandom random(3);
    for (int round = 0; round < 200; ++round) {
        const ChangeGroup group = random_group(random, records.schema());
        const Bytes bytes = encode_entry_bytes(group, records.schema());
        const EntryFrame frame = read_entry_frame(bytes);
        REQUIRE(frame.state == FrameState::Whole);
        const auto back = decode_entry(frame);
        REQUIRE(back);
        CHECK(back->stamp == group.stamp);
        CHECK(back->label_arguments == group.label_arguments);
        const Bytes again = encode_entry_bytes(*back, records.schema());
        REQUIRE(again == bytes);
        REQUIRE(decode_entry(frame, DecodeDepth::UndoOnly));
    }
}

TEST_CASE("store: of a field that an entry holds twice the later values count, as they did when it was written") {
    const Records records;
    ChangeGroup group = edit_of_one_field(records.schema());
    auto& fields = std::get<RecordsChanged>(group.changes[0]).fields;
    fields.push_back(fields[0]);
    fields[1].after.mutable_int64() = {7};
    RecordsCreated created{standard_object::lead, 0, 1, RecordId::make(standard_object::lead, 77, 3), {}};
    for (const char* name : {"Meyer", "Li"}) {
        Column names(ColumnKind::Text);
        names.mutable_texts().push_back(name);
        created.columns.push_back({lead_field::last_name, std::move(names)});
    }
    group.changes.push_back(std::move(created));
    const Bytes bytes = encode_entry_bytes(group, records.schema());
    const auto back = decode_entry(read_entry_frame(bytes));
    REQUIRE(back);
    const auto& changed = std::get<RecordsChanged>(back->changes[0]);
    REQUIRE(changed.fields.size() == 1);
    CHECK(changed.fields[0].after.decimals()[0] == 7);
    const auto& made = std::get<RecordsCreated>(back->changes[1]);
    REQUIRE(made.columns.size() == 1);
    CHECK(made.columns[0].values.text(0) == "Li");
}

TEST_CASE("store: an entry outside of memory gives what one in memory gives, and is no less checked") {
    FakeRandom random(5);
    for (int round = 0; round < 100; ++round) {
        const Records records;
        ChangeGroup group = random_group(random, records.schema());
        // A text longer than what is read at a time.
        if (round % 10 == 0) group.label_arguments.push_back(std::string(100'000, 'x'));
        Bytes bytes = encode_entry_bytes(group, records.schema());
        BytesSource source(bytes);
        const EntryFrame frame = read_entry_frame(source);
        REQUIRE(frame.state == FrameState::Whole);
        CHECK(frame.payload_bytes + entry_frame_bytes == bytes.size());
        const auto back = decode_entry(frame);
        REQUIRE(back);
        CHECK(encode_entry_bytes(*back, records.schema()) == bytes);
        REQUIRE(decode_entry(frame, DecodeDepth::UndoOnly));
        bytes[random.below(bytes.size())] ^= 1;
        BytesSource damaged(bytes);
        CHECK(read_entry_frame(damaged).state != FrameState::Whole);
        BytesSource cut(Bytes(bytes.begin(), bytes.end() - 1));
        CHECK(read_entry_frame(cut).state != FrameState::Whole);
    }
}

TEST_CASE("store: a damaged entry is never taken for a whole one, and a cut one is known as unfinished") {
    const Records records;
    FakeRandom random(4);
    Bytes bytes = encode_entry_bytes(random_group(random, records.schema()), records.schema());
    for (std::size_t bit = 0; bit < std::min<std::size_t>(bytes.size(), 600) * 8; ++bit) {
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
        const FrameState state = read_entry_frame(bytes).state;
        REQUIRE((state == FrameState::Damaged || state == FrameState::Torn));
        bytes[bit / 8] ^= static_cast<std::uint8_t>(1u << bit % 8);
    }
    for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 16)
        REQUIRE(read_entry_frame(ByteView(bytes).first(size)).state == FrameState::Torn);
    bytes.push_back(0);
    CHECK(read_entry_frame(bytes).state == FrameState::Damaged);
}

TEST_CASE("store: no payload makes the decoder allocate more than its bytes justify") {
    // Four billion rows of a constant in a few bytes.
    EntryParts parts;
    parts.fixed(ColumnKind::Decimal);
    parts.varint(4'000'000'000u);
    parts.fixed(std::uint8_t{0});
    parts.signed_varint(7);
    const Bytes bytes = joined(parts);
    ByteReader reader(bytes);
    ExpansionAccount account;
    CHECK(!decode_column(reader, account));
    EntryParts rows;
    rows.varint(4'000'000'000u);
    rows.fixed(std::uint8_t{0});
    rows.varint(0);
    rows.varint(4'000'000'000u);
    const Bytes row_bytes = joined(rows);
    ByteReader row_reader(row_bytes);
    CHECK(decode_rows(row_reader, account).empty());
    CHECK(row_reader.failed());
}
