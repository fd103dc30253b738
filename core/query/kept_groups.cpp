#include "core/query/kept_groups.h"

#include <algorithm>
#include <limits>

namespace outpost {

std::vector<GroupsPart>& KeptGroups::parts_of(const std::vector<std::int64_t>& key) {
    constexpr std::size_t bytes_max = 2u << 20, questions_max = 32;
    const auto same = [&](const Question& question) { return question.key == key; };
    auto question = std::find_if(questions_.begin(), questions_.end(), same);
    if (question == questions_.end()) {
        std::size_t bytes = 0;
        for (const Question& kept : questions_) bytes += kept.bytes();
        while (!questions_.empty() && (bytes > bytes_max || questions_.size() >= questions_max)) {
            const auto oldest = std::min_element(questions_.begin(), questions_.end(), [](const Question& a, const Question& b) { return a.asked < b.asked; });
            bytes -= oldest->bytes();
            questions_.erase(oldest);
        }
        questions_.push_back({key, {}, 0});
        question = questions_.end() - 1;
    }
    question->asked = ++asked_;
    return question->parts;
}

std::size_t KeptGroups::Question::bytes() const {
    std::size_t bytes = 0;
    for (const GroupsPart& part : parts) {
        bytes += part.counts.capacity() * sizeof(std::uint32_t);
        for (const std::vector<std::int64_t>& one : part.saved) bytes += one.capacity() * sizeof(std::int64_t);
    }
    return bytes;
}

DayBounds KeptGroups::day_bounds(const Table& table, FieldIndex field) {
    constexpr RowIndex block_rows = Table::revision_block_rows;
    const std::span<const std::int32_t> days = table.column(field).days();
    std::vector<BlockBounds>& blocks = bounds_[{table.object(), field}];
    blocks.resize((days.size() + block_rows - 1) / block_rows);
    constexpr std::int32_t none = std::numeric_limits<std::int32_t>::max();
    DayBounds all{none, null_day};
    for (RowIndex block = 0; block < blocks.size(); ++block) {
        BlockBounds& kept = blocks[block];
        if (const std::uint64_t revision = table.column_revision(field, block); kept.revision != revision) {
            std::int32_t first = none, last = null_day;
            for (const std::int32_t day : days.subspan(std::size_t{block} * block_rows, std::min<std::size_t>(block_rows, days.size() - std::size_t{block} * block_rows))) {
                const std::int32_t present = day == null_day ? none : day;
                first = present < first ? present : first;
                last = day > last ? day : last;
            }
            kept = {revision, {first, last}};
        }
        all = {std::min(all.first, kept.bounds.first), std::max(all.last, kept.bounds.last)};
    }
    return all;
}

std::size_t KeptGroups::bytes() const {
    std::size_t bytes = 0;
    for (const Question& question : questions_) bytes += question.bytes();
    for (const auto& [field, blocks] : bounds_) bytes += blocks.capacity() * sizeof(BlockBounds);
    return bytes;
}

}  // namespace outpost
