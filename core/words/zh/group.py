"""Groups in Chinese."""

SENTENCES = {
    "topic": "本话题",
    "whole": "本群",
    "linked_new": "<b>{place}已绑定</b>，将在此发布督办通报。",
    "linked_moved": "<b>已改到{place}</b>，今后在此发布督办通报。",
    "linked_same": "{place}已经绑定，无需重复。",
    "what_comes": "每周五 {weekly}（遇休提前）及每个报送期截止后的次个工作日 {period} 自动发布；没有新情况不发。",
    "next": "下一次：{at}",
    "private": "报送、查询请私聊我。解除绑定：/unlink",
    "unlinked": "已解除绑定，不再在本群发布通报。",
    "not_linked": "本群没有绑定。",
}
