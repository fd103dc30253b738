// HomePage: a rep's start: the pipeline's figures, what is due, what closes next, new leads, recent records. On an
// empty database it offers the three ways to begin: sample data, import, a first record.
// Invariant: figures are queries over all records, computed anew only when records or the day changed.
// Called by: the page registry ("#/").
#pragma once

#include <string>
#include <vector>

#include "ui/kit/kit.h"
#include "ui/page.h"

namespace outpost {

class HomePage : public Page {
public:
    std::string title(Context& context, const Route& route) override;
    void draw(Context& context, const Route& route) override;

private:
    struct Figures {
        std::uint64_t open_count = 0, closing_count = 0;
        Decimal open_sum, weighted_sum, won_sum, closing_sum;
        bool has_records = false;
    };

    void refresh(Context& context);
    void draw_welcome(Context& context);
    void draw_figures(Context& context);
    void draw_tasks(Context& context);
    void draw_closing(Context& context);
    void draw_overdue(Context& context);
    void draw_leads(Context& context);
    void draw_recent(Context& context);
    std::string greeting(Context& context) const;

    Figures figures_;
    std::vector<RowIndex> tasks_, closing_, leads_;
    std::vector<RecordRef> recent_;
    std::uint32_t task_total_ = 0, lead_total_ = 0, closing_total_ = 0, overdue_total_ = 0;
    std::uint64_t seen_revision_ = 0;
    Days seen_day_ = -1;
};

}  // namespace outpost
