#include "core/matching/match_index.h"

#include <bit>
#include <utility>

#include "core/base/hash.h"
#include "core/objects/standard.h"

namespace outpost {
namespace {

constexpr std::size_t changed_row_work = 16;
constexpr std::size_t stale_entries_min = 4096;   // kept before it pays to begin anew
constexpr std::size_t keys_expected = 8;          // of a row

// Columns whose revisions say whether any text may have changed, by object.
std::span<const FieldIndex> compared_fields(ObjectIndex object) {
    namespace l = lead_field;
    namespace a = account_field;
    namespace c = contact_field;
    static constexpr FieldIndex lead[] = {l::first_name, l::last_name, l::company, l::title, l::email, l::phone, l::mobile_phone, l::website, l::street, l::city, l::postal_code};
    static constexpr FieldIndex account[] = {system_field::name, a::phone, a::website, a::billing_street, a::billing_city, a::billing_postal_code};
    static constexpr FieldIndex contact[] = {c::first_name, c::last_name, c::account, c::title, c::email, c::phone, c::mobile_phone, c::mailing_street, c::mailing_city, c::mailing_postal_code};
    if (object == standard_object::lead) return lead;
    if (object == standard_object::account) return account;
    return contact;
}

std::uint64_t hash_of(const MatchTexts& texts) {
    std::uint64_t hash = 1;
    for (const std::string_view text : {texts.first_name, texts.last_name, texts.company, texts.email, texts.phone, texts.mobile_phone, texts.website, texts.street,
                                        texts.title, texts.city, texts.postal_code})
        hash = hash_text(text, hash);
    return hash;
}

}  // namespace

MatchTexts match_texts(const Records& records, RecordRef record) {
    const auto text = [&](FieldIndex field) { return records.text(record, field); };
    MatchTexts texts;
    if (record.object == standard_object::account) {
        namespace f = account_field;
        texts.company = text(system_field::name);
        texts.phone = text(f::phone);
        texts.website = text(f::website);
        texts.street = text(f::billing_street);
        texts.city = text(f::billing_city);
        texts.postal_code = text(f::billing_postal_code);
        return texts;
    }
    const bool lead = record.object == standard_object::lead;
    namespace l = lead_field;
    namespace c = contact_field;
    texts.first_name = text(lead ? l::first_name : c::first_name);
    texts.last_name = text(lead ? l::last_name : c::last_name);
    texts.title = text(lead ? l::title : c::title);
    texts.email = text(lead ? l::email : c::email);
    texts.phone = text(lead ? l::phone : c::phone);
    texts.mobile_phone = text(lead ? l::mobile_phone : c::mobile_phone);
    texts.street = text(lead ? l::street : c::mailing_street);
    texts.city = text(lead ? l::city : c::mailing_city);
    texts.postal_code = text(lead ? l::postal_code : c::mailing_postal_code);
    if (lead) {
        texts.company = text(l::company);
        texts.website = text(l::website);
    } else if (const RowIndex account = records.table(record.object).column(c::account).rows()[record.row]; account != no_row) {
        texts.company = records.text({standard_object::account, account}, system_field::name);
    }
    return texts;
}

std::uint64_t MatchIndex::stamp_of(const Records& records) const {
    // Each only rises, so the sum stays the same only when all do.
    std::uint64_t stamp = 0;
    for (const FieldIndex field : compared_fields(object_)) stamp += records.table(object_).column_revision(field);
    stamp += duplicate_rules_stamp(records);
    for (const std::string& name : fields_)
        if (const Field* field = records.schema().object(object_).find_field(name); field && can_compare(*field)) stamp += records.table(object_).column_revision(field->index);
    if (object_ == standard_object::contact) stamp += records.table(standard_object::account).column_revision(system_field::name);
    return stamp;
}

void MatchIndex::clear(std::size_t rows) {
    entries_.clear();
    places_.clear();
    hashes_.clear();
    heads_.assign(std::bit_ceil(std::max<std::size_t>(1024, rows * keys_expected)), 0);
    stale_count_ = 0;
    cursor_ = 0;
}

bool MatchIndex::is_current(std::uint32_t entry) const {
    const RowIndex row = entries_[entry].row;
    return row < places_.size() && entry - places_[row].first < places_[row].count;
}

void MatchIndex::set_row(RowIndex row, std::span<const std::uint32_t> keys) {
    stale_count_ += places_[row].count;
    places_[row] = {static_cast<std::uint32_t>(entries_.size()), static_cast<std::uint32_t>(keys.size())};
    for (const std::uint32_t key : keys) {
        std::uint32_t& head = heads_[key & (heads_.size() - 1)];
        entries_.push_back({key, row, head});
        head = static_cast<std::uint32_t>(entries_.size());
    }
}

// With other rules all rows are looked at again: the columns that the stamp is made of are others, too.
void MatchIndex::take_rules(const Records& records) {
    const std::uint64_t stamp = duplicate_rules_stamp(records);
    if (std::exchange(rules_stamp_, stamp) == stamp) return;
    std::vector<DuplicateRule> rules = duplicate_rules(records, object_ == standard_object::account);
    if (rules != rules_) clear(records.table(object_).row_count());
    rules_ = std::move(rules);
    fields_ = compared_fields(rules_);
    stamp_ = pass_stamp_ = 0;
}

bool MatchIndex::refresh(const Records& records, std::size_t& work) {
    take_rules(records);
    const std::uint64_t stamp = stamp_of(records);
    if (stamp == stamp_) return true;
    const RowIndex rows = records.table(object_).row_count();
    if (stamp != pass_stamp_) {
        pass_stamp_ = stamp;
        cursor_ = 0;
        // Twice the rows of the beginning: the chains have grown long, so it is laid out anew.
        if (heads_.empty() || stale_count_ > stale_entries_min + entries_.size() / 2 || entries_.size() > heads_.size() * 2) clear(rows);
        if (places_.size() > rows) {
            for (std::size_t row = rows; row < places_.size(); ++row) stale_count_ += places_[row].count;
            places_.resize(rows);
            hashes_.resize(rows);
        }
    }
    std::vector<std::uint32_t> keys;
    for (; cursor_ < rows && work > 0; ++cursor_) {
        const MatchTexts texts = match_texts(records, {object_, cursor_});
        std::vector<ComparedText> compared = compared_texts(records, {object_, cursor_}, fields_);
        std::uint64_t hash = hash_of(texts);
        for (const ComparedText& each : compared) hash = hash_text(each.text, hash_text(each.field, hash));
        const bool known = cursor_ < hashes_.size();
        if (known && hashes_[cursor_] == hash) {
            --work;
            continue;
        }
        if (!known) {
            hashes_.push_back(0);
            places_.emplace_back();
        }
        hashes_[cursor_] = hash;
        keys.clear();
        MatchProfile profile = make_match_profile(texts);
        profile.compared = std::move(compared);
        if (object_ == standard_object::account) append_company_keys(profile, keys);
        else append_person_keys(profile, keys);
        append_rule_keys(profile, rules_, keys);
        set_row(cursor_, keys);
        work -= std::min(work, changed_row_work);
    }
    if (cursor_ < rows) return false;
    stamp_ = stamp;
    return true;
}

void MatchIndex::find(std::uint32_t key, std::size_t most, std::vector<RowIndex>& rows) const {
    if (heads_.empty()) return;
    const std::size_t before = rows.size();
    for (std::uint32_t at = heads_[key & (heads_.size() - 1)]; at != 0; at = entries_[at - 1].next) {
        if (entries_[at - 1].key != key || !is_current(at - 1)) continue;
        rows.push_back(entries_[at - 1].row);
        if (rows.size() - before <= most) continue;
        rows.resize(before);
        return;
    }
}

std::size_t MatchIndex::bytes() const {
    return heads_.capacity() * sizeof(std::uint32_t) + entries_.capacity() * sizeof(Entry) + places_.capacity() * sizeof(Place) + hashes_.capacity() * sizeof(std::uint64_t);
}

}  // namespace outpost
