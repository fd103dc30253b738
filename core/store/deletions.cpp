#include "core/store/deletions.h"

#include <algorithm>
#include <memory>

#include "core/store/group_pages.h"

namespace outpost {

void Deletions::want(RecordRef record) {
    keys_.push_back(key_of(record));
    told_.emplace_back();
    ++missing_;
}

const Deletion* Deletions::find(RecordRef record) const {
    const auto at = std::lower_bound(keys_.begin(), keys_.end(), key_of(record));
    if (at == keys_.end() || *at != key_of(record)) return nullptr;
    const Deletion& told = told_[static_cast<std::size_t>(at - keys_.begin())];
    return told.sequence != 0 ? &told : nullptr;
}

void Deletions::add(const std::vector<ChangeGroup>& groups) {
    for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
        for (const Change& change : group->changes) {
            const auto* moved = std::get_if<StateChanged>(&change);
            if (!moved || !is_in_bin(moved->after)) continue;
            for (const RowIndex row : moved->rows) {
                const auto at = std::lower_bound(keys_.begin(), keys_.end(), key_of({moved->object, row}));
                if (at == keys_.end() || *at != key_of({moved->object, row})) continue;
                Deletion& told = told_[static_cast<std::size_t>(at - keys_.begin())];
                if (told.sequence != 0) continue;
                told = {group->sequence, group->time, group->user};
                --missing_;
            }
        }
    }
}

void load_deletions(Database& database, const Records& records, Sequence newest, std::function<void(Result<Deletions>)> done) {
    auto found = std::make_shared<Deletions>();
    for (const ObjectIndex object : records.schema().objects()) {
        const Table& table = records.table(object);
        for (RowIndex row = 0; row < table.row_count(); ++row)
            if (is_in_bin(table.state(row))) found->want({object, row});
    }
    if (newest == 0 || found->is_complete()) return done(std::move(*found));
    read_group_pages(database, {1, newest}, [found, done = std::move(done)](Result<GroupHistory> page, Sequence first) -> Sequence {
        if (!page) {
            done(std::unexpected(std::move(page).error()));
            return 0;
        }
        found->add(page->groups);
        // A whole page of which nothing is kept: what lies before it is gone too.
        const bool is_end = first <= 1 || (page->groups.empty() && page->entries_damaged == 0);
        if (!found->is_complete() && !is_end) return first - 1;
        done(std::move(*found));
        return 0;
    });
}

}  // namespace outpost
